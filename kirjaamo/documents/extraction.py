"""Starts the reader of files apart from the program: no environment, little memory, time and output; tells how it ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kirjaamo.documents import blobs
from kirjaamo.documents.models import TextState

HOME = Path(__file__).resolve().parents[2]
PROGRAMS = {"pdf": "pdf", "docx": "office", "odt": "office", "xlsx": "office", "eml": "messages", "plain": "messages"}
WALL_SECONDS = 60
PNG = b"\x89PNG"
PDF = "application/pdf"
KINDS = {
    PDF: "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "message/rfc822": "eml",
    "text/plain": "plain",
}


@dataclass(frozen=True)
class Extracted:
    """What came of reading a file."""

    state: TextState
    text: str = ""
    pages: int | None = None
    names: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""


def text_of(sha256: str, media_type: str) -> Extracted:
    """Read the text of a stored file; a kind that has none is said so."""
    kind = KINDS.get(media_type)
    if kind is None:
        return Extracted(TextState.NOTHING)
    with blobs.place(sha256).open("rb") as given:
        answer, ended = _run(given, PROGRAMS[kind], "text", kind)
    if ended:
        return Extracted(TextState.REFUSED, problem=ended)
    return _told(json.loads(answer))


def _told(told: dict[str, object]) -> Extracted:
    warnings = tuple(str(one) for one in told.get("warnings") or ())  # type: ignore[attr-defined]
    pages = told.get("pages")
    count = pages if isinstance(pages, int) else None
    if refused := told.get("refused"):
        return Extracted(TextState.REFUSED, pages=count, warnings=warnings, problem=str(refused))
    text, problem = str(told["text"]).strip(), str(told["problem"])
    state = TextState.PARTLY if problem else TextState.READ if text else TextState.NOTHING
    names = tuple(str(one) for one in told["names"])  # type: ignore[attr-defined]
    return Extracted(state, text, count, names, warnings, problem)


def page_picture(sha256: str, number: int, width: int = 1000) -> bytes | None:
    """Draw a page (from 0) of a stored PDF; None when it cannot be drawn."""
    with blobs.place(sha256).open("rb") as given:
        answer, ended = _run(given, "pdf", "page", str(number), str(width))
    return answer if not ended and answer.startswith(PNG) else None


def stamped(cover_and_pdf: bytes, line: str) -> bytes | None:
    """Put a cover before a PDF and a line on its pages; None when it cannot be opened. The first 8 bytes: the length of the cover."""
    with tempfile.TemporaryFile() as given:
        given.write(cover_and_pdf)
        given.seek(0)
        answer, ended = _run(given, "stamp", line)
    return answer if not ended and answer.startswith(b"%PDF-") else None


def _run(given: IO[bytes], program: str, *task: str) -> tuple[bytes, str]:
    """Run a reader on an open file; return its answer, or the code of how it ended."""
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            [sys.executable, "-E", "-s", "-m", f"kirjaamo.documents.readers.{program}", *task],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=HOME,
            start_new_session=True,
        )
        try:
            status = process.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            status = -signal.SIGXCPU
        finally:
            process.kill()
            process.wait()
        if status:
            return b"", _ended(status)
        answer.seek(0)
        return answer.read(), ""


def _ended(status: int) -> str:
    """The code of a reader that did not end well."""
    if -status in {signal.SIGXCPU, signal.SIGKILL}:
        return "slow"
    return "long" if -status == signal.SIGXFSZ else "memory" if status > 0 else "broken"
