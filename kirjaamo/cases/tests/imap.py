"""A small IMAP server for tests: one mailbox over a socket, as far as RFC 3501 is needed to read it."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """The messages by their number, what is marked as read, and when to hang up."""

    messages: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    seen: set[int] = field(default_factory=set)
    fetched: list[int] = field(default_factory=list)
    password: str = "salainen sana"
    hangs_up_at: int = 0
    port: int = 0

    def put(self, data: bytes) -> int:
        """Deliver a message."""
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = data
        return uid


class _Session(socketserver.StreamRequestHandler):
    box: Box

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _space, rest = line.decode().strip().partition(" ")
            if not self._answer(tag, rest):
                return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _answer(self, tag: str, rest: str) -> bool:
        verb = rest.upper().split(" ")[0]
        if verb == "LOGIN" and self.box.password not in rest:
            self._say(f"{tag} NO [AUTHENTICATIONFAILED] wrong")
            return True
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        if verb == "SELECT":
            self._say(f"* {len(self.box.messages)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {self.box.validity}] numbers stay")
        if rest.upper().startswith("UID SEARCH"):
            self._search(rest)
        if rest.upper().startswith("UID FETCH") and not self._fetch(int(rest.split(" ")[2])):
            return False
        if rest.upper().startswith("UID STORE"):
            self.box.seen.add(int(rest.split(" ")[2]))
        if verb == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} OK done")
        return verb != "LOGOUT"

    def _search(self, rest: str) -> None:
        """`n:*` always names the last message too, as servers do."""
        first = int(re.search(r"UID (\d+):\*", rest).group(1))  # type: ignore[union-attr]
        last = max(self.box.messages, default=0)
        found = [uid for uid in self.box.messages if uid >= min(first, last)]
        self._say("* SEARCH " + " ".join(map(str, found)))

    def _fetch(self, uid: int) -> bool:
        if uid == self.box.hangs_up_at:
            self.box.hangs_up_at = 0
            return False
        self.box.fetched.append(uid)
        data = self.box.messages[uid]
        self._say(f'* {uid} FETCH (UID {uid} INTERNALDATE "27-Nov-2026 08:15:00 +0200" BODY[] {{{len(data)}}}')
        self.wfile.write(data + b")\r\n")
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def serving(box: Box) -> Iterator[Box]:
    """Serve a mailbox on a port of its own while the test runs."""
    handler = type("Session", (_Session,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
