"""Each page has a ceiling of SQL statements, kept in statements.json. More fails; fewer asks for a lower ceiling.

`KIRJAAMO_BUDGETS=write pytest tests/budgets` writes the file anew: look at the difference before you commit it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions as cards
from kirjaamo.registers.leisure.swim_cards.models import Application, Proof, SwimCard
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.testing import make_user
from kirjaamo.values.personal_id import PersonalId

FILE = Path(__file__).with_name("statements.json")
PEOPLE = ("150594Y9022", "010100A900F", "290204B901D")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def _city() -> dict[str, str]:
    """A few applications and cards, and the addresses that they give; the counts must not depend on how many there are."""
    worker = make_user(Role.REGISTER_WORKER, unit="kulttuurin-ja-vapaa-ajan-toimiala", name="tekijä")
    terms()
    for number, code in enumerate(PEOPLE):
        made = cards.apply(PersonalId.parse(code), f"Henkilö {number}", Proof.EU_CARD, dt.date(2026, 5, 5), resident=True, actor=worker)
        if number:
            cards.decide(made, actor=worker, on=dt.date(2026, 5, 5))
    card, application = SwimCard.objects.first(), Application.objects.first()
    assert card is not None
    assert application is not None
    assert application.case is not None
    return {
        "start": "/",
        "description": "/kuvaus/",
        "description, searched": "/kuvaus/?q=rakennuslupien",
        "entry": "/kuvaus/tietojarjestelmat/erityisuimakortit/",
        "ask": "/pyyda/",
        "ask, entry": "/pyyda/system/erityisuimakortit/",
        "public cases": reverse("public_cases"),
        "work": reverse("work"),
        "worklist": reverse("worklist", args=["omat"]),
        "search, searched": f"{reverse('work_search')}?q=uimakortti",
        "cases": reverse("cases"),
        "case": application.case.get_absolute_url(),
        "requests": "/tyo/tietopyynnot/",
        "register": reverse("register", args=["erityisuimakortit"]),
        "record": card.get_absolute_url(),
        "verb": reverse("register-act", args=["erityisuimakortit", "apply"]),
        "imports": reverse("catalog_imports"),
        "gate": reverse("catalog_gate"),
    }


def _counted() -> dict[str, int]:
    addresses = _city()
    client = Client()
    client.force_login(make_user(*Role, name="kaikki"))
    counted = {}
    for name, address in addresses.items():
        client.get(address)  # what a process reads once is read
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address).status_code == 200, address
        counted[name] = len(statements)
    return counted


def test_no_page_takes_more_statements_than_its_ceiling() -> None:
    """The file is the ceiling of each page; a page that is not in it has none and fails."""
    counted = _counted()
    if os.environ.get("KIRJAAMO_BUDGETS") == "write":
        FILE.write_text(json.dumps(counted, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    assert counted == json.loads(FILE.read_text("utf-8"))
