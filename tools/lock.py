"""Make the lock files: every package with the hashes of its files, valid for Python 3.11 and later, naming no index.

`python -m tools.lock [--upgrade]`; without the option, versions stay as they are where they still fit.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = ("requirements.lock", ["--extra=finnish", "--extra=build"])
EVERYTHING = ("requirements-dev.lock", ["--all-extras", "--constraints=requirements.lock"])
OPTIONS = [
    "--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-emit-index-url",
    "--no-emit-find-links", "--no-annotate",
]  # fmt: skip
HEADER = "# Made by `make lock` from pyproject.toml; installed with --require-hashes. Do not edit.\n"
FOREIGN = re.compile(r"https?://|file:|--(index-url|extra-index-url|find-links)| @ ", re.IGNORECASE)


def compile_lock(name: str, extras: list[str], upgrade: list[str]) -> None:
    """Write one lock file; refuse one that names an index, a host or a local file."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *extras, *upgrade, f"--output-file={name}", "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = ROOT / name
    text = path.read_text("utf-8").removeprefix(HEADER)
    if foreign := FOREIGN.search(text):
        sys.exit(f"{name} names a place to fetch from ({foreign.group()!r}); it must name packages and hashes only.")
    path.write_text(HEADER + text, "utf-8")


def main() -> None:
    """Make both locks, the runtime one first, so that the other one agrees with it."""
    upgrade = sys.argv[1:]
    for name, extras in (RUNTIME, EVERYTHING):
        compile_lock(name, extras, upgrade)


if __name__ == "__main__":
    main()
