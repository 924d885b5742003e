"""The analyser process: one per machine, asked over a Unix socket. `python -m kirjaamo.kernel.words.server --socket PATH`.

Loads pyvoikko once and answers every web and worker process of the same user. One line of JSON in, one line out:
`{"forms": ["luvan"]}` gives `{"version": "...", "lexemes": [[base, heads, spans, stems] or null]}`; an empty list is a
greeting. Stops on SIGTERM or SIGINT and removes its socket. A second server on the same socket ends at once with code 0.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import logging
import os
import signal
import socketserver
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from kirjaamo.kernel.words.analysers import (
    Analyser,
    AnalyserUnavailableError,
    SnowballAnalyser,
)
from kirjaamo.kernel.words.lexemes import Lexemes
from kirjaamo.kernel.words.libvoikko import LibvoikkoAnalyser
from kirjaamo.kernel.words.memory import Memory
from kirjaamo.kernel.words.pyvoikko import PyvoikkoAnalyser
from kirjaamo.kernel.words.tokens import LONGEST_WORD

LONGEST_LINE = 1_000_000  # bytes
MOST_FORMS = 2_000  # in one question
IDLE_SECONDS = 600  # a silent connection is closed; the client opens a new one
REMEMBERED = 100_000

log = logging.getLogger(__name__)
BACKENDS: dict[str, Callable[[], Analyser]] = {
    "pyvoikko": PyvoikkoAnalyser,
    "libvoikko": LibvoikkoAnalyser,
    "snowball": SnowballAnalyser,
}


class _Question(socketserver.StreamRequestHandler):
    """One connection: questions and answers until the asker leaves."""

    server: WordServer
    timeout = IDLE_SECONDS

    def handle(self) -> None:
        try:
            while line := self.rfile.readline(LONGEST_LINE):
                try:
                    answer = self.server.answer(line)
                except (ValueError, TypeError, KeyError) as error:
                    self._send({"error": f"{type(error).__name__}: {error}"[:200]})
                    return
                self._send(answer)
        except OSError:
            return

    def _send(self, answer: object) -> None:
        self.wfile.write(json.dumps(answer).encode() + b"\n")


class WordServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Answers from one analyser with a memory of its own."""

    daemon_threads = True

    def __init__(self, path: Path, analyser: Analyser) -> None:
        """Listen on `path`, readable and writable by this user only."""
        self._analyser = analyser
        self._memory: Memory[Lexemes | None] = Memory(REMEMBERED)
        self._working = threading.Lock()
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Question)
        finally:
            os.umask(before)

    def answer(self, line: bytes) -> dict[str, object]:
        """Answer one question. Raises ValueError, TypeError or KeyError when it is not one."""
        forms = json.loads(line)["forms"]
        if not isinstance(forms, list) or len(forms) > MOST_FORMS or not all(_is_form(form) for form in forms):
            message = f"forms must be at most {MOST_FORMS} words of at most {LONGEST_WORD} characters"
            raise ValueError(message)
        lexemes = self._analyse(forms)
        return {
            "version": self._analyser.version,
            "lexemes": [found.to_json() if found is not None else None for found in lexemes],
        }

    def _analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        known = self._memory.get_many(forms)
        missing = [form for form in dict.fromkeys(forms) if form not in known]
        if missing:
            with self._working:
                fresh = dict(zip(missing, self._analyser.analyse(missing), strict=True))
            self._memory.put_many(fresh)
            known |= fresh
        return [known[form] for form in forms]


def _is_form(form: object) -> bool:
    return isinstance(form, str) and len(form) <= LONGEST_WORD


def serve(path: Path, backend: str = "pyvoikko") -> int:
    """Serve until told to stop; return the exit code: 0 stopped or already served by another, 1 no analyser."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.warning("An analyser already answers at %s", path)
            return 0
        try:
            analyser = BACKENDS[backend]()
        except AnalyserUnavailableError as error:
            log.error("The analyser %s cannot start: %s", backend, error)  # noqa: TRY400 - the sentence is enough
            return 1
        path.unlink(missing_ok=True)
        with WordServer(path, analyser) as server:
            for sign in (signal.SIGTERM, signal.SIGINT):
                signal.signal(sign, lambda *_: threading.Thread(target=server.shutdown).start())
            log.info("%s answers at %s", analyser.version, path)
            server.serve_forever(poll_interval=0.2)
        path.unlink(missing_ok=True)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="kirjaamo.kernel.words.server", description="Analyser of Finnish words")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--backend", choices=sorted(BACKENDS), default="pyvoikko")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    return serve(chosen.socket, chosen.backend)


if __name__ == "__main__":
    sys.exit(main())
