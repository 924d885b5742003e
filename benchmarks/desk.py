"""A registrar over HTTP: signs in, opens the registering screen, and sends its form again and again, each time a new case.

Run as `python -m benchmarks.desk HOST PORT SECONDS CLIENTS NAME PASSWORD`; each client has a session of its own. Every form has a key
of its own and a document whose bytes nobody sent before. Prints one JSON object.
"""

from __future__ import annotations

import http.client
import json
import resource
import sys
import threading
import uuid
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks import client

SCREEN = "/tyo/asiat/uusi/?luokka=07+01+04"
BOUNDARY = "kirjaamo-bench-5c1d"
PAGE = "Rannalle tarvitaan penkkejä, joilla voi levätä. "
FOUND, SEEN = 302, 200
UNCHECKED = {"q", "title_checked", "title_named"}
"""Fields that this form leaves out: the search of the page's head, and hidden boxes that nobody has ticked."""


class Refused(Exception):
    """The server did not answer as it must; the text tells what it said."""


class Fields(HTMLParser):
    """The fields of the forms of a page with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a field has from the beginning; of choices the one that is chosen, else the first."""
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in self.values):
            self.values[self._select] = told.get("value", "")
        elif tag == "input" and name and told.get("type") not in {"file", "submit"} and name not in UNCHECKED:
            if told.get("type") not in {"radio", "checkbox"} or "checked" in told:
                self.values[name] = told.get("value", "")
        elif tag == "textarea" and name:
            self.values[name] = ""


class Session:
    """One signed-in browser."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The header of cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, path: str, told: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Get a page, or send a form; return status and body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {"Host": f"localhost:{self.port}", "Cookie": self.cookie, "Accept-Language": "fi"}
        body = None
        if told is not None:
            body = urlencode({**told, "csrfmiddlewaretoken": self.cookies.get("kirjaamo_csrf", "")})
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("GET" if told is None else "POST", path, body, headers)
            answer = connection.getresponse()
            for value in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def sign_in(self, name: str, password: str) -> None:
        """Sign in as a person does."""
        self.ask("/kirjaudu/")
        status, page = self.ask("/kirjaudu/", {"username": name, "password": password, "next": "/"})
        if status != FOUND:
            raise Refused(f"{name} could not sign in ({status}): {page[-400:]}")


def filled(session: Session) -> dict[str, str]:
    """The form of the registering screen as it opens, filled by the registrar."""
    status, page = session.ask(SCREEN)
    if status != SEEN:
        raise Refused(f"the registering screen answered {status}")
    fields = Fields()
    fields.feed(page)
    return fields.values | choices() | {"csrfmiddlewaretoken": session.cookies["kirjaamo_csrf"]}


def choices() -> dict[str, str]:
    """What the registrar chooses and writes on the form."""
    return {
        "luokka": "07 01 04",
        "haku": "",
        "haettu": "",
        "way": "email",
        "sender_kind": "person",
        "sender": "Aino Esimerkki",
        "email": "aino@esimerkki.example",
        "title_open": "yes",
        "type": "request",
        "publicity": "plan",
    }


def forms(session: Session, told: Mapping[str, str]) -> Iterator[bytes]:
    """Requests without end: the same form under a new key, with a title and a document that are new."""
    while True:
        key = str(uuid.uuid4())
        body = multipart({**told, "key": key, "title": f"Penkkejä Töölönlahdelle {key[:8]}"}, f"{key}\n{PAGE * 60}".encode())
        head = (
            f"POST {SCREEN} HTTP/1.1\r\nHost: localhost:{session.port}\r\nAccept-Language: fi\r\nCookie: {session.cookie}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
        )
        yield head.encode() + body


def multipart(told: Mapping[str, str], document: bytes) -> bytes:
    """A form with one file."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in told.items()]
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="uploads"; filename="aloite.txt"\r\nContent-Type: text/plain\r\n\r\n'
    return "".join([*parts, file]).encode() + document + f"\r\n--{BOUNDARY}--\r\n".encode()


def measure(host: str, port: int, *, seconds: float, clients: int, name: str, password: str) -> dict[str, object]:
    """Register from some desks at the same time; an answer that does not lead to a case is told."""
    sessions = [Session(host, port) for _ in range(clients)]
    for session in sessions:
        session.sign_in(name, password)
    streams = [forms(session, filled(session)) for session in sessions]
    before = resource.getrusage(resource.RUSAGE_SELF)
    found = client.run((host, port), streams, seconds=seconds, good=str(FOUND).encode())
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found | {"client_ms": round(spent * 1000 / max(int(str(found["count"])), 1), 2)}


def main() -> int:
    """Measure, print."""
    threading.stack_size(256 * 1024)
    host, port, seconds, clients, name, password = sys.argv[1:]
    found = measure(host, int(port), seconds=float(seconds), clients=int(clients), name=name, password=password)
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
