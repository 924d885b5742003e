"""What the readers share: the limits that they put on themselves, and what they tell."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 40
SECONDS = 25
OUTPUT = 24 * 1024 * 1024
TEXT_LIMIT = 4_000_000
NAMES = 200


class Refusal(Exception):
    """The file cannot be read safely; the code tells why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Told:
    """What was read so far. `add` stops at the limits of time and length."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: int | None = None
    names: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problem: str = ""
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def add(self, text: str) -> bool:
        """Take a piece of text; False when no more is taken."""
        clean = text.replace("\x00", " ")
        self.parts.append(clean[: TEXT_LIMIT - self.length])
        self.length += len(clean) + 1
        if self.length > TEXT_LIMIT:
            self.problem = "long"
        elif time.monotonic() > self.until:
            self.problem = "slow"
        return not self.problem

    def warn(self, code: str) -> None:
        """Remember a warning once."""
        if code not in self.warnings:
            self.warnings.append(code)

    def answer(self) -> dict[str, object]:
        """What goes to the program."""
        return {
            "text": "\n".join(self.parts),
            "pages": self.pages,
            "names": self.names[:NAMES],
            "warnings": self.warnings,
            "problem": self.problem,
        }


def limit(output: int = OUTPUT) -> None:
    """Give up memory, time and output beyond the limits, for good."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def read(reader: Callable[[bytes, Told], None], data: bytes) -> dict[str, object]:
    """Read one file; what refuses it is told."""
    told = Told()
    try:
        reader(data, told)
    except Refusal as refusal:
        return {"refused": refusal.code, "pages": told.pages, "warnings": told.warnings}
    except MemoryError:
        return {"refused": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a broken file is the file's fault
        return {"refused": "broken", "error": type(error).__name__}
    return told.answer()


def answer(reader: Callable[[bytes, Told], None]) -> int:
    """Limit this process, read standard input with a reader, answer on standard output."""
    limit()
    sys.stdout.buffer.write(json.dumps(read(reader, sys.stdin.buffer.read())).encode("utf-8", "replace"))
    return 0
