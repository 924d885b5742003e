"""A registrar finds the class by the words that people use, in three languages and in any form, while typing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import classes
from kirjaamo.cases.actions import load_class_words
from kirjaamo.cases.models import ClassWords
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.packs import read_pack
from kirjaamo.organisation.models import User
from kirjaamo.testing import HELSINKI
from kirjaamo.tos.models import ClassRevision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def first(text: str) -> str:
    found = classes.find(text, classes.in_use(timezone.localdate()))
    return found[0].code if found else ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("parkkisakko", "08 03 01 00"),
        ("parkkisakosta", "08 03 01 00"),
        ("koulukuljetus", "12 01 01"),
        ("koulukyyti", "12 01 01"),
        ("liukastuin", "03 01 00"),
        ("torivuokra", "10 01 01 04"),
        ("kaavamuutos", "10 03 03"),
        ("p-bot", "08 03 01 00"),
        ("skolskjuts", "12 01 01"),
        ("parking fine", "08 03 01 00"),
        ("rakennuslupa", "10 04 03"),
    ],
)
def test_a_word_of_every_day_finds_its_class_first(typed: str, code: str) -> None:
    assert first(typed) == code


def test_the_screen_finds_by_them_and_loading_again_doubles_nothing(registrar: User) -> None:
    client = Client()
    client.force_login(registrar)
    page = client.post("/tyo/saapuneet/luokat/", {"haku": "parkkisakko"}).content.decode()
    assert 'value="08 03 01 00"' in page
    before = ClassWords.objects.count()
    load_class_words(read_pack(HELSINKI), actor=Machine("loader"))
    assert ClassWords.objects.count() == before


def test_the_words_name_classes_that_take_cases() -> None:
    """A class of the pack that is no more, or takes no case, would be found by nobody."""
    takes = {row.code for row in classes.in_use(timezone.localdate())}
    assert set(ClassWords.objects.values_list("class_code", flat=True)) <= takes
    assert ClassRevision.objects.exists()
