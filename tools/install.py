"""Install the program into .venv from a lock with hashes: `python3 tools/install.py [requirements-dev.lock]`.

Runs on the machine's own Python before anything is installed, so it uses only the standard library, and its first lines
are understood by older Pythons, which get a clear message.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
NO_VENV = """\
This Python ({executable}) cannot make a virtual environment: the part "{part}" is missing.
  Debian, Ubuntu:  apt-get install python3-venv
  Fedora, RHEL:    dnf install python3-pip
  other systems:   install the full Python 3.11 or later; PYTHON=/path/to/python3 make demo takes another one."""


def say(text):
    """Print a line at once."""
    print(text, flush=True)


def fail(text):
    """Stop with a message."""
    sys.exit("Kirjaamo: " + text)


def newer_python():
    """Return another Python that is new enough, or stop with a message."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    fail("Python 3.11 or later is needed; {} is {}.{}. Name another one: PYTHON=/path/to/python3 make demo".format(
        sys.executable, *sys.version_info[:2]))  # fmt: skip
    return ""


def works(python):
    """Tell whether a virtual environment still works (its base Python may have been removed or replaced)."""
    test = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.call([python, "-c", test], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """Make .venv unless a working one is there."""
    if works(PYTHON):
        return
    for part in ("venv", "ensurepip"):
        try:
            __import__(part)
        except ImportError:
            fail(NO_VENV.format(executable=sys.executable, part=part))
    say("Making .venv with Python {}.{}".format(*sys.version_info[:2]))
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        fail(NO_VENV.format(executable=sys.executable, part="ensurepip"))


def pip(*arguments):
    """Run pip in .venv; stop when it fails."""
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    if subprocess.call([PYTHON, "-m", "pip", "install"] + options + list(arguments), cwd=ROOT) != 0:
        fail("installing failed; the lines above say why. Nothing needs to be removed before trying again.")


def stamp_of(lock):
    """Return what the installation depends on, as one line."""
    digest = hashlib.sha256()
    for name in (lock, "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return "{} {}\n".format(lock, digest.hexdigest())


def main():
    """Install when the lock, the project or the environment changed since the last time."""
    if sys.version_info[:2] < OLDEST:
        python = newer_python()
        os.execv(python, [python, *sys.argv])
    lock = sys.argv[1] if len(sys.argv) > 1 else "requirements.lock"
    stamp = os.path.join(VENV, "installed-" + lock)
    wanted = stamp_of(lock)
    make_venv()
    try:
        with open(stamp) as file:
            done = file.read() == wanted
    except OSError:
        done = False
    if done:
        return
    say("Installing the packages of {} (a minute or two the first time)".format(lock))
    # The lock is whole, so nothing is resolved: older pips would take a newer release for an extra (coverage[toml]) and refuse it.
    pip("--no-deps", "--require-hashes", "-r", lock)
    pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    subprocess.check_call([PYTHON, "-m", "tools.messages", "--compile"], cwd=ROOT)
    with open(stamp, "w") as file:
        file.write(wanted)


if __name__ == "__main__":
    main()
