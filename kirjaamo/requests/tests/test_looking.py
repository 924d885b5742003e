"""Who has looked: the asker gets times and purposes out of the use log; names of officials only where an act gives them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from kirjaamo.documents import blobs
from kirjaamo.documents.models import Document
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor, Machine
from kirjaamo.kernel.models import UseEntry
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.requests.actions import initiator
from kirjaamo.requests.kinds import SOCIAL_HEALTH, facts_of
from kirjaamo.requests.models import InformationRequest
from kirjaamo.requests.tests.asking import SWIM, desk, new_key, request_of, send
from kirjaamo.requests.tests.test_letters import squeezed, text_of
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
HETU = "010100A900F"


@pytest.fixture
def asked(client: Client, handler: User) -> str:
    """A request for log data whose asker has been identified."""
    token = send(client, word="lokitiedot", slug=SWIM, what="")
    desk(client, handler, token, "tunnista", name="Maija Meikäläinen", personal_id=HETU, how="id_card")
    return token


def _looked(token: str, area: str = SWIM) -> User:
    subject = initiator(request_of(token)).subject
    assert subject is not None
    curious = make_user(Role.HANDLER, name="utelias")
    note(Use(UseVerb.VIEW, area, Purpose.REGISTER, about="1", subjects=[subject.pk]), actor=curious)
    note(Use(UseVerb.VIEW, area, Purpose.OVERSIGHT, about="2", subjects=[subject.pk + 1000]), actor=curious)
    return curious


def _files() -> tuple[dict[str, Any], str]:
    document = Document.objects.get(type_code="material")
    files = {file.media_type: blobs.read(file.sha256) for file in document.files.all()}
    return json.loads(files["application/json"]), text_of(files["application/pdf"])


@action("Testi: sosiaalihuollon määräaika", needs="requests.answer")
def as_of_social_care(item: InformationRequest, *, actor: Actor) -> None:
    """Let the request have the time that one about a system of social care gets."""
    del actor
    item.deadlines = [item.deadlines[0] | {"code": facts_of("log_data", SOCIAL_HEALTH).term}]
    item.save(update_fields=["deadlines"])


def test_times_and_purposes_are_told_and_names_are_not(client: Client, handler: User, asked: str) -> None:
    curious, key = _looked(asked), new_key()
    for _twice in range(2):
        page = desk(client, handler, asked, "katsomiset", key=key, since="").content.decode()
        assert "Katsomiset on koottu" in page
    told, pdf = _files()
    mine = [one for one in told["uses"] if one["purpose"] == Purpose.REGISTER.label]
    assert len(mine) == 1
    assert not any(one["purpose"] == Purpose.OVERSIGHT.label for one in told["uses"])
    assert curious.name not in json.dumps(told)
    assert squeezed(curious.name) not in pdf
    assert squeezed("Rekisterin hoitaminen") in pdf
    assert squeezed("Työntekijöiden nimiä ei kerrota") in pdf
    assert UseEntry.objects.filter(verb=UseVerb.EXTRACT, area="use_log", about=request_of(asked).case.identifier).exists()


def test_a_client_of_social_and_health_care_is_told_who(client: Client, handler: User, asked: str) -> None:
    as_of_social_care(request_of(asked), actor=Machine("test"))
    curious = _looked(asked)
    desk(client, handler, asked, "katsomiset", key=new_key(), since="")
    told, pdf = _files()
    assert [one["who"] for one in told["uses"] if "who" in one] == [curious.name]
    assert squeezed(curious.name) in pdf


def test_only_what_is_since_the_day_is_told(client: Client, handler: User, asked: str) -> None:
    _looked(asked)
    desk(client, handler, asked, "katsomiset", key=new_key(), since="1.1.2100")
    told, pdf = _files()
    assert told["uses"] == []
    assert squeezed("Tietojasi ei ole katsottu tänä aikana") in pdf


def test_nobody_unknown_is_told_of_looks(client: Client, handler: User) -> None:
    token = send(client, word="lokitiedot", slug=SWIM, what="")
    page = desk(client, handler, token, "katsomiset", key=new_key(), since="").content.decode()
    assert "vain tunnistetulle" in page
    assert not Document.objects.filter(type_code="material").exists()
