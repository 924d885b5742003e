"""Progress of long work: a bar that redraws itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

WIDTH = 28
REDRAW = 0.08
LINE_EVERY = 15.0


class Progress:
    """Reports how far one task is.  Call it as `report(done, total, what)`; a new `what` begins a new line.

    `total` 0 means that the end is not known. `finish` closes the last line.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._tty = self._stream.isatty()
        self._what = ""
        self._done = self._total = 0
        self._began = self._shown = 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        """Take in a report; draw it when it is time."""
        if what != self._what:
            self.finish()
            self._what, self._began, self._shown = what, time.monotonic(), 0.0
        self._done, self._total = done, total
        now = time.monotonic()
        wait = REDRAW if self._tty else LINE_EVERY
        if now - self._shown >= wait and (self._tty or self._shown):
            self._draw(now)
        elif not self._shown:
            self._shown = now

    def finish(self) -> None:
        """Close the current line with its time."""
        if not self._what:
            return
        seconds = time.monotonic() - self._began
        count = f"{self._done:,} · ".replace(",", "\u202f") if self._done > 1 else ""
        self._write(f"  ✓ {self._what} · {count}{seconds:.1f} s", end="\n")
        self._what = ""

    def _draw(self, now: float) -> None:
        self._shown = now
        if self._total:
            share = min(1.0, self._done / self._total)
            filled = round(share * WIDTH)
            bar = f"{'█' * filled}{'░' * (WIDTH - filled)} {share:4.0%}"
        else:
            bar = f"{self._done}"
        self._write(f"  {bar}  {self._what}", end="" if self._tty else "\n")

    def _write(self, text: str, end: str) -> None:
        if self._tty:
            room = max(20, shutil.get_terminal_size().columns - 1)
            text = f"\r\x1b[2K{text[:room]}"
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding) + end)
        self._stream.flush()
