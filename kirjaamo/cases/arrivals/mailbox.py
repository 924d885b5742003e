"""A shared mailbox over IMAP: what is new in it since the last reading. Messages are looked at without marking them as read."""

from __future__ import annotations

import datetime as dt
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from typing import TYPE_CHECKING, Any

from imap_tools import MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox

from kirjaamo.kernel import vault

if TYPE_CHECKING:
    from kirjaamo.cases.models import Mailbox

PATIENCE = 30
"""Seconds to wait for a server that says nothing."""
TROUBLES = (IMAP4.error, ImapToolsError, OSError, socket.timeout)
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


@dataclass(frozen=True)
class Fetched:
    """A message as it lies in the mailbox: its number there, when the server got it, its bytes."""

    uid: int
    received_at: dt.datetime
    data: bytes


@dataclass(frozen=True)
class Opened:
    """A mailbox that is open for reading."""

    box: BaseMailBox
    validity: int

    def new(self, after: int) -> list[int]:
        """The numbers of messages after a number, the oldest first."""
        found = sorted(int(uid) for uid in self.box.uids(f"UID {after + 1}:*", charset=None))
        return [uid for uid in found if uid > after]  # '*' names the last message even when it is older

    def fetch(self, uid: int) -> Fetched | None:
        """Read one message without marking it; None when someone took it away in between."""
        _status, data = self.box.client.uid("FETCH", str(uid), "(INTERNALDATE BODY.PEEK[])")
        for part in data or []:
            if isinstance(part, tuple):
                return Fetched(uid, _date(part[0]), part[1])
        return None

    def mark(self, uid: int) -> None:
        """Mark a message as read, so that people who look into the mailbox see that it is taken."""
        self.box.client.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Opened]:
    """Sign in to a mailbox and open its folder. Raises one of `TROUBLES` when the server cannot be reached or refuses."""
    made = MailBox if mailbox.tls else MailBoxUnencrypted
    box = made(mailbox.host, mailbox.port, timeout=PATIENCE)
    try:
        box.login(mailbox.username, vault.unseal(bytes(mailbox.password_sealed)), initial_folder=None)
        box.folder.set(mailbox.folder)
        yield Opened(box, _validity(box, mailbox.folder))
    finally:
        _leave(box)


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except TROUBLES:
        box.client.shutdown()


def _validity(box: BaseMailBox, folder: str) -> int:
    """Under which numbering the messages of the folder stand; when it changes, all numbers are new."""
    told: Any = box.client.response("UIDVALIDITY")[1]
    if told and told[0]:
        return int(told[0])
    status = box.folder.status(folder, ["UIDVALIDITY"])
    return int(status["UIDVALIDITY"])


def _date(told: bytes) -> dt.datetime:
    found = _DATE.search(told)
    text = found.group(1).decode("ascii", "replace").strip() if found else ""
    try:
        return dt.datetime.strptime(text, "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return dt.datetime.now(dt.UTC)
