"""Reads the text of messages (EML) with the names of what they carry, and of plain text files."""

from __future__ import annotations

import html.parser
import sys
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from kirjaamo.documents.readers.limits import Refusal, Told, answer

NAME_LIMIT = 200
DEPTH = 32


class Words(html.parser.HTMLParser):
    """The words of a page without its marks, scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin to skip what is not read."""
        del attrs
        self.skipped += tag in {"script", "style"}
        if tag in {"p", "br", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Stop skipping."""
        self.skipped -= tag in {"script", "style"} and self.skipped > 0

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if not self.skipped:
            self.words.append(data)


def read_eml(data: bytes, told: Told) -> None:
    """Read subject, people, body, and the names of what is attached."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    for name in ("From", "To", "Cc", "Date", "Subject"):
        if message[name]:
            told.add(f"{name}: {message[name]}")
    for part in _parts(message):
        if attached := part.get_filename():
            told.names.append(str(attached)[:NAME_LIMIT])
        elif part.get_content_maintype() == "text" and not told.add(_body(part)):
            return
    if told.names:
        told.add("\n".join(told.names))


def _parts(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts of a message, without going into messages that are attached or too deep."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        yield message
        return
    if depth > DEPTH:
        raise Refusal("deep")
    for part in message.get_payload():
        if isinstance(part, EmailMessage):
            yield from _parts(part, depth + 1)


def _body(part: EmailMessage) -> str:
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, AttributeError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if part.get_content_subtype() != "html":
        return text
    words = Words()
    words.feed(text)
    return "".join(words.words)


def read_plain(data: bytes, told: Told) -> None:
    """Read the text itself."""
    told.add(data.decode("utf-8-sig", "replace"))


READERS = {"eml": read_eml, "plain": read_plain}

if __name__ == "__main__":
    sys.exit(answer(READERS[sys.argv[2]]))
