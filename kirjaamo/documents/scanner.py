"""The hook of a virus scanner: bytes go to clamd over a socket (INSTREAM) when a setting names one."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from django.conf import settings

from kirjaamo.documents.models import ScanState

CHUNK = 64 * 1024
SECONDS = 60
_LONGEST_ANSWER = 4096


class ScannerAway(OSError):
    """The scanner that the setting names did not answer; the job tries again."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner said."""

    state: ScanState
    found: str = ""


def scan(data: bytes) -> Verdict:
    """Let clamd look at the bytes. Without a scanner: not scanned, and said so."""
    address = settings.CLAMD
    if not address:
        return Verdict(ScanState.NOT_SCANNED)
    try:
        answer = _ask(address, data)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer.endswith("FOUND"):
        return Verdict(ScanState.INFECTED, answer.removeprefix("stream:").removesuffix("FOUND").strip()[:200])
    if answer.endswith("OK"):
        return Verdict(ScanState.CLEAN)
    raise ScannerAway(answer[:200])


def _ask(address: str, data: bytes) -> str:
    """Speak the protocol: `zINSTREAM`, chunks with their length, an empty one, then one line comes back."""
    with _connect(address) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK):
            part = data[at : at + CHUNK]
            line.sendall(struct.pack(">I", len(part)) + part)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER and (more := line.recv(_LONGEST_ANSWER)):
            answer += more
    return answer.rstrip(b"\0\n ").decode("utf-8", "replace")


def _connect(address: str) -> socket.socket:
    """A path is a Unix socket, `host:port` a TCP one."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
