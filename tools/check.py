"""Everything that can be said of the code without running the program: `make check`, or one part: `make check ARGS=types`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PARTS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-logo"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "settings": ["python", "-m", "django", "check", "--fail-level", "WARNING"],
    "translations": ["python", "-m", "tools.messages", "--check"],
    "architecture": ["python", "-m", "pytest", "-q", "-n", "auto", "tests/architecture", "tests/docs", "tests/budgets"],
}


def run(name: str, command: list[str], surroundings: dict[str, str]) -> bool:
    """Run one part, show what it said only when it failed, and tell whether it passed."""
    began = time.monotonic()
    program = str(BIN / command[0])
    present = [part for part in command[1:] if not part.startswith("tests/") or (ROOT / part).exists()]
    answer = subprocess.run([program, *present], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    passed = answer.returncode == 0
    print(f"{'✓' if passed else '✗'} {name:<14} {time.monotonic() - began:5.1f} s", flush=True)
    if not passed:
        print(answer.stdout + answer.stderr, flush=True)
    return passed


def main() -> int:
    """Run the parts that are named, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"There is no part {unknown[0]}; the parts are {', '.join(PARTS)}.")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        surroundings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kirjaamo.config.settings",
            "KIRJAAMO_DATA": scratch,
            "KIRJAAMO_MODE": "test",
            "NO_COLOR": "1",
        }
        surroundings.pop("DATABASE_URL", None)
        failed = [name for name in wanted if not run(name, PARTS[name], surroundings)]
    print(f"Failed: {', '.join(failed)}." if failed else "All is in order.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
