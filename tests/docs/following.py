"""Following a how-to as a reader would: its blocks that name a file are written, its command blocks are run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^# ((?:kirjaamo|authorities)/\S+)\n")


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a page: language and content."""
    return [(found[1], found[2]) for found in BLOCK.finditer((ROOT / page).read_text("utf-8"))]


def files(page: str) -> dict[str, str]:
    """Return the files that a page tells to write: a block whose first line is a comment with the path."""
    return {named[1]: content for _language, content in blocks(page) if (named := FILE.match(content))}


def copy_of_the_checkout(to: Path) -> Path:
    """Copy what the program consists of, without data, caches and tests of other rooms."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc", "tests")
    for name in ("kirjaamo", "authorities", "tools"):
        shutil.copytree(ROOT / name, to / name, ignore=unwanted)
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, to / name)
    return to
