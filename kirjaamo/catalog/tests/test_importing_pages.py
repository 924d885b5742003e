"""The journey of a page: read, reviewed, accepted; at the level of HTTP and of the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kirjaamo.catalog import drafting, importing, reading
from kirjaamo.catalog.actions import accept_items, store_draft
from kirjaamo.catalog.models import Draft, DraftItem, InformationSystem, ItemState, Statement
from kirjaamo.catalog.tests.conftest import ROBOT
from kirjaamo.config import cli
from kirjaamo.kernel.errors import NotAllowed
from kirjaamo.organisation.models import User
from kirjaamo.testing import HELSINKI

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PAGE = """Asiarekisterin tietojärjestelmät

Tietojärjestelmät on ryhmitelty tehtäväalueittain.

Liikuntapalvelut

Venepaikkojen varausjärjestelmä

Tietojärjestelmän kuvaus: Venepaikkojen varaaminen ja vuokraaminen.
Omistaja: Kirjaamo
Käyttäjät: Venepaikkojen hoitajat

Laituririskien seurantajärjestelmä

Tietojärjestelmän kuvaus: Laitureiden kunnon seuranta.
Omistaja: Olematon osasto
Käyttäjät: Tarkastajat
"""
NEW = "Venepaikkojen varausjärjestelmä"


def upload(web: Client, text: str | bytes, name: str = "sivu.txt") -> HttpResponseBase:
    data = text.encode() if isinstance(text, str) else text
    return web.post(reverse("catalog_imports"), {"page": SimpleUploadedFile(name, data)})


@pytest.fixture
def reviewer(manager: User, web: Client) -> Client:
    web.force_login(manager)
    return web


def test_an_uploaded_page_is_reviewed_and_nothing_enters_before_acceptance(reviewer: Client) -> None:
    answer = upload(reviewer, PAGE)
    assert answer.status_code == 302
    page = reviewer.get(answer["Location"])
    names = {item["row"].name: item for item in page.context["items"]}
    assert names[NEW]["row"].change == "new"
    assert any(NEW in text for _number, text in names[NEW]["lines"]), "the line that it came from is shown"
    assert not InformationSystem.objects.filter(title__fi=NEW).exists()


def test_accepting_writes_the_entry_with_its_statement_its_owner_and_a_page_of_its_own(reviewer: Client) -> None:
    draft = upload(reviewer, PAGE)["Location"]
    item = Draft.objects.get().items.get(name=NEW)
    reviewer.post(draft, {"do": f"accept:{item.pk}"})
    system = InformationSystem.objects.get(title__fi=NEW)
    assert system.decided_by.is_registry_office
    owner = system.owners.get().unit
    assert owner is not None
    assert owner.slug == "kirjaamo"
    assert system.statements.get().description == "Venepaikkojen varaaminen ja vuokraaminen."
    entry = reading.entry("system", system.slug)
    assert entry is not None
    assert entry["title"] == {"fi": NEW}
    assert reviewer.get(f"/kuvaus/tietojarjestelmat/{system.slug}/").status_code == 200
    assert NEW in reviewer.get("/kuvaus/", {"q": "venepaikkojen"}).content.decode().replace("<mark>", "").replace("</mark>", "")
    item.refresh_from_db()
    assert (item.state, item.match_slug) == (ItemState.ACCEPTED, system.slug)


def test_an_owner_that_is_no_unit_is_said(reviewer: Client) -> None:
    upload(reviewer, PAGE)
    draft = Draft.objects.get()
    accept_items(draft, [item.pk for item in draft.items.all()], actor=ROBOT)
    assert "Olematon osasto" in draft.items.get(name__startswith="Laituri").note


def test_accepting_twice_makes_one_entry(reviewer: Client) -> None:
    address = upload(reviewer, PAGE)["Location"]
    item = Draft.objects.get().items.get(name=NEW)
    for _turn in range(2):
        reviewer.post(address, {"do": f"accept:{item.pk}"})
    assert InformationSystem.objects.filter(title__fi=NEW).count() == 1


def test_many_are_accepted_or_rejected_at_once_and_nothing_chosen_is_said(reviewer: Client) -> None:
    address = upload(reviewer, PAGE)["Location"]
    ids = [item.pk for item in Draft.objects.get().items.filter(kind="system")]
    assert "Valitse ensin" in reviewer.post(address, {"do": "accept"}, follow=True).content.decode()
    reviewer.post(address, {"do": "reject", "item": ids[:1]})
    reviewer.post(address, {"do": "accept", "item": ids})
    states = dict(Draft.objects.get().items.filter(pk__in=ids).values_list("pk", "state"))
    assert [states[item] for item in ids] == ["rejected", *["accepted"] * (len(ids) - 1)]


def test_the_same_page_again_is_the_same_draft_and_a_changed_page_shows_the_difference_only(reviewer: Client) -> None:
    first = upload(reviewer, PAGE)["Location"]
    assert upload(reviewer, PAGE)["Location"] == first
    accept_items(Draft.objects.get(), Draft.objects.get().items.values_list("pk", flat=True), actor=ROBOT)
    second = upload(
        reviewer, PAGE.replace("Venepaikkojen varaaminen ja vuokraaminen", "Venepaikkojen varaaminen, vuokraaminen ja laskutus")
    )
    assert second["Location"] != first
    item = DraftItem.objects.get(draft=Draft.objects.latest("id"))
    assert (item.name, item.change) == (NEW, "changed")
    reviewer.post(second["Location"], {"do": f"accept:{item.pk}"})
    system = InformationSystem.objects.get(title__fi=NEW)
    assert system.description["fi"] == "Venepaikkojen varaaminen, vuokraaminen ja laskutus."
    assert system.statements.get().description == "Venepaikkojen varaaminen, vuokraaminen ja laskutus."


def test_own_words_are_not_overwritten_by_a_page(reviewer: Client) -> None:
    known = InformationSystem.objects.get(slug="osoiterekisteri")
    words = dict(known.description)
    page = PAGE.replace(NEW, "Osoiterekisteri")
    upload(reviewer, page)
    accept_items(Draft.objects.get(), Draft.objects.get().items.values_list("pk", flat=True), actor=ROBOT)
    known.refresh_from_db()
    assert known.description == words
    assert Statement.objects.filter(system=known, page="sivu.txt").exists(), "what the page says is kept beside"


def test_a_probable_match_may_be_taken_as_new(reviewer: Client) -> None:
    address = upload(reviewer, PAGE.replace(NEW, "Osoiterekisteri"))["Location"]
    item = Draft.objects.get().items.get(name="Osoiterekisteri")
    reviewer.post(address, {"do": f"accept:{item.pk}", f"as-{item.pk}": "new"})
    item.refresh_from_db()
    assert item.match_slug == "osoiterekisteri-2"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "sivu.txt", "tyhj"),
        (b"   \n", "sivu.txt", "tyhj"),
        (b"%PDF-1.7 x", "sivu.txt", "PDF"),
        (b"abc\x00def" * 10, "sivu.txt", "nollatavuja"),
        (b"tekstia", "sivu.exe", "exe"),
        (b"x" * 10_000_001, "sivu.txt", "liian suuri"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(reviewer: Client, data: bytes, name: str, words: str) -> None:
    answer = upload(reviewer, data, name)
    assert answer.status_code == 400
    assert words in answer.content.decode()  # type: ignore[attr-defined]
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("helsinki")
def test_reviewing_is_for_those_who_import(registrar: User, web: Client) -> None:
    assert web.get(reverse("catalog_imports")).status_code == 302
    web.force_login(registrar)
    for address in (reverse("catalog_imports"), reverse("catalog_import", args=[1])):
        assert web.get(address).status_code == 403
        assert web.post(address, {"do": "accept:1"}).status_code == 403
    page = importing.read_page(PAGE.encode(), "a.txt")
    read = importing.parse(page)
    with pytest.raises(NotAllowed):
        store_draft(page, read, importing.match([read], []), actor=registrar)


def test_a_draft_that_is_not_there_is_not_found(reviewer: Client) -> None:
    assert reviewer.get(reverse("catalog_import", args=[999_999])).status_code == 404


def test_a_hostile_page_is_shown_as_text(reviewer: Client) -> None:
    page = reviewer.get(upload(reviewer, PAGE.replace("varausjärjestelmä", "<script>alert(1)</script> varausjärjestelmä"))["Location"])
    assert b"<script>alert" not in page.content


@pytest.mark.usefixtures("helsinki")
def test_what_the_pack_already_says_waits_for_nobody() -> None:
    page = importing.read_page((HELSINKI / "published" / "systems.txt").read_bytes(), "systems.txt")
    read = importing.parse(page)
    draft = store_draft(page, read, importing.match([read], drafting.known_entries()), actor=ROBOT)
    assert draft.items.filter(kind="system", state=ItemState.STANDING).count() == 43


@pytest.mark.usefixtures("helsinki")
def test_the_command_prints_the_report_keeps_a_draft_and_names_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "sivu.txt", tmp_path / "rikki.pdf"
    good.write_text(PAGE, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    before = InformationSystem.objects.count()
    assert cli.call("import-description", [str(good), str(bad)], lambda *_: None) == 1
    told = capsys.readouterr()
    assert "# sivu.txt" in told.out
    assert "rikki.pdf" in told.err
    assert Draft.objects.get().items.filter(state=ItemState.OPEN).count() >= 2
    assert InformationSystem.objects.count() == before
