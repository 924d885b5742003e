"""A message of e-mail taken apart: who, when, what, which files. Nothing here fails on a broken message: it gives less."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TypeVar

from imap_tools.message import MailMessage
from lxml import etree, html

from kirjaamo.values.text import clean

T = TypeVar("T")
LONGEST_TEXT, LONGEST_LINE = 100_000, 300
_IDENTIFIER = re.compile(r"<[^<>\s]{1,290}>")
_HIDDEN = ("script", "style", "head", "title")


@dataclass(frozen=True)
class Attached:
    """A file that came with a message: its name as it was sent, what the message calls it, its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A message as far as it can be read. `digest` is the same for the same message however it travelled."""

    digest: str
    message_id: str = ""
    answers: Sequence[str] = ()
    sender_name: str = ""
    sender_email: str = ""
    subject: str = ""
    text: str = ""
    sent_at: dt.datetime | None = None
    attached: Sequence[Attached] = field(default_factory=tuple)
    automatic: bool = False


def read_mail(data: bytes) -> Mail:
    """Take a message apart. What cannot be read of it is left empty; the bytes themselves are the truth and are kept."""
    message = MailMessage.from_bytes(data)
    sender = _tried(lambda: message.from_values, None)
    nothing: tuple[Attached, ...] = ()
    attached = _tried(lambda: tuple(Attached(a.filename, a.content_type, a.payload) for a in message.attachments), nothing)
    body = _tried(lambda: message.text, "") or _tried(lambda: _plain(message.html), "")
    message_id = _first(_identifiers(_header(message, "message-id")))
    return Mail(
        digest=_digest(message, message_id, data),
        message_id=message_id,
        answers=tuple(dict.fromkeys([*_identifiers(_header(message, "in-reply-to")), *_identifiers(_header(message, "references"))]))[:20],
        sender_name=_line(sender.name if sender else ""),
        sender_email=_line(sender.email if sender else "")[:254],
        subject=_line(_tried(lambda: message.subject, "")),
        text=clean(body[: LONGEST_TEXT * 2], max_length=LONGEST_TEXT * 2, multiline=True).text[:LONGEST_TEXT],
        sent_at=_sent_at(message),
        attached=tuple(one for one in attached if one.data),
        automatic=_is_automatic(message),
    )


def _tried(read: Callable[[], T], otherwise: T) -> T:
    """What a reader gives, or something else: messages come broken in every way that a parser can stumble on."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - see above; the bytes are kept whatever the reader makes of them
        return otherwise


def _header(message: MailMessage, name: str) -> str:
    return _tried(lambda: " ".join(str(value) for value in message.obj.get_all(name, [])), "")


def _is_automatic(message: MailMessage) -> bool:
    """Whether a program wrote it: such a message is never acknowledged, or two programs would write to each other for ever (RFC 3834)."""
    submitted, precedence = _header(message, "auto-submitted").lower(), _header(message, "precedence").lower()
    back = _header(message, "return-path").strip()
    return submitted not in {"", "no"} or precedence in {"bulk", "list", "junk"} or back == "<>"


def _identifiers(text: str) -> list[str]:
    return _IDENTIFIER.findall(text)


def _first(found: Sequence[str]) -> str:
    return found[0] if found else ""


def _line(text: str) -> str:
    return clean(text[:4000], max_length=4000).text[:LONGEST_LINE]


def _plain(markup: str) -> str:
    """The words of a message that has only a formatted body."""
    if not markup.strip():
        return ""
    tree = html.fromstring(markup)
    etree.strip_elements(tree, *_HIDDEN, with_tail=False)
    for one in tree.iter("br", "p", "div", "tr", "li"):
        one.tail = "\n" + (one.tail or "")
    return "".join(str(text) for text in tree.itertext())


def _sent_at(message: MailMessage) -> dt.datetime | None:
    """When it was sent: the stamp of the first server that took it, which the sender did not write; else the sender's own date."""
    none: tuple[str, ...] = ()
    stamps = _tried(lambda: tuple(str(value).rpartition(";")[2] for value in message.obj.get_all("received", [])), none)
    for text in [*stamps[-1:], _header(message, "date")]:
        moment = _moment(text)
        if moment is not None:
            return moment
    return None


def _moment(text: str) -> dt.datetime | None:
    found = _tried(lambda: parsedate_to_datetime(text.strip()), None)
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _digest(message: MailMessage, message_id: str, data: bytes) -> str:
    """A hash of what the sender wrote. The stamps of the way are left out, so that two copies of one message are one."""
    told = [message_id, *(_header(message, name) for name in ("from", "date", "subject"))]
    body = _tried(lambda: data.split(b"\r\n\r\n", 1)[1] if b"\r\n\r\n" in data else data.split(b"\n\n", 1)[1], data)
    plain = body.replace(b"\r\n", b"\n").rstrip()
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogateescape") + b"\x1e" + plain).hexdigest()
