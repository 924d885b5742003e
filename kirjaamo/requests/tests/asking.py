"""What the tests of requests share: sending a request through its page, and signing in."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from kirjaamo.kernel import receipts
from kirjaamo.requests.models import InformationRequest

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from kirjaamo.organisation.models import User

SYSTEM = "pysakointi"
SWIM = "erityisuimakortit"


def at(language: str, name: str, *args: object) -> str:
    """The address of a page in a language (`fi`, `sv`, `en`)."""
    with translation.override(language):
        return reverse(name, args=args)


def form_of(client: Client, kind: str = "system", slug: str = SYSTEM, word: str = "asiakirja", language: str = "fi") -> dict[str, str]:
    """The fields of the form as the page gives them, with its key."""
    page = client.get(at(language, "ask_form", kind, slug, word))
    assert page.status_code == 200
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page.content.decode())
    assert key
    return {"key": key.group(1)}


def send(client: Client, *, word: str = "asiakirja", slug: str = SYSTEM, language: str = "fi", **fields: str) -> str:
    """Send a request and return the token of its address."""
    data = form_of(client, slug=slug, word=word, language=language) | {"what": "Pysäköintivirhemaksut Mannerheimintiellä 2025"} | fields
    answer = client.post(at(language, "ask_form", "system", slug, word), data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return token_of(answer)


def token_of(answer: Response) -> str:
    """The token in the address that an answer leads to."""
    found = re.search(r"/pyynto/([^/]+)/", answer["Location"])
    assert found
    return found.group(1)


def request_of(token: str) -> InformationRequest:
    """The request of a token."""
    return InformationRequest.objects.select_related("case").get(token_hash=receipts.token_hash(token))


def desk(client: Client, user: User, token: str, verb: str, *more: int, **fields: Any) -> Response:
    """Do an act of the desk through its page."""
    client.force_login(user)
    name = "request_task_act" if more else "request_act"
    return client.post(at("fi", name, request_of(token).pk, verb, *more), fields, follow=True)


def new_key() -> str:
    """A key as a form has it."""
    return str(uuid.uuid4())
