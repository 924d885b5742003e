from __future__ import annotations

import pytest
from django.test import Client

from kirjaamo.catalog.actions import reindex
from kirjaamo.catalog.models import InformationSystem
from kirjaamo.catalog.searching import PAGE, Asked, search
from kirjaamo.catalog.tests.conftest import ROBOT
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor


def slugs(text: str, language: str = "fi", **more: object) -> list[str]:
    return [hit.slug for hit in search(Asked(text, language, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("rakennuslupa", "fi", "rakennusluvat"),
        ("rakennuslupien", "fi", "rakennusluvat"),
        ("RAKENNUSLUVISTA", "fi", "rakennusluvat"),
        ("uimakortti", "fi", "erityisuimakortit"),
        ("pysäköinnissä", "fi", "pysakointi"),
        ("bygglov", "sv", "rakennusluvat"),
        ("building permits", "en", "rakennusluvat"),
        ("Ahjo", "fi", "asianhallinta"),
    ],
)
@pytest.mark.usefixtures("helsinki")
def test_a_thing_is_found_among_the_first_by_an_inflected_word(text: str, language: str, slug: str) -> None:
    assert slug in slugs(text, language)[:3]


@pytest.mark.usefixtures("helsinki")
def test_a_class_is_found_first_by_its_code() -> None:
    assert slugs("07 01 04")[0] == "07 01 04"


@pytest.mark.usefixtures("helsinki")
def test_a_class_is_found_by_a_word_of_every_day_that_its_page_does_not_say() -> None:
    reindex(actor=ROBOT)
    for text, language in (("parkkisakosta", "fi"), ("parkeringsbot", "sv"), ("parking fine", "en")):
        assert "08 03 01 00" in slugs(text, language)[:3]


@pytest.mark.usefixtures("helsinki")
def test_a_wide_search_also_finds_inside_compounds() -> None:
    narrow, wide = search(Asked("rakennus")).total, search(Asked("rakennus", wide=True)).total
    assert 0 < narrow < wide


@pytest.mark.usefixtures("helsinki")
def test_the_words_that_were_found_are_marked_in_their_form() -> None:
    hit = next(hit for hit in search(Asked("rakennuslupa")).hits if hit.slug == "rakennusluvat")
    assert [text.lower() for text, marked in hit.title if marked] == ["rakennuslupien"]


@pytest.mark.usefixtures("helsinki")
def test_a_choice_narrows_and_its_facet_counts_what_the_others_leave() -> None:
    everything = search(Asked())
    systems = search(Asked(chosen={"kind": "system"}))
    assert systems.total == everything.counts["kind"]["system"]
    assert systems.counts["kind"] == everything.counts["kind"]
    assert sum(systems.counts["publicity"].values()) == systems.total


@pytest.mark.usefixtures("helsinki")
def test_a_class_above_holds_what_its_classes_hold() -> None:
    assert "asianhallinta" in [hit.slug for hit in search(Asked(chosen={"class": "07", "kind": "system"})).hits]


@pytest.mark.usefixtures("helsinki")
def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    first, second = search(Asked(page=1)), search(Asked(page=2))
    assert len(first.hits) == PAGE
    assert not {hit.url for hit in first.hits} & {hit.url for hit in second.hits}
    assert search(Asked(page=10_000)).page == first.pages


@action("Nimeä uudelleen", needs="catalog.edit")
def rename(system: InformationSystem, title: str, *, actor: Actor) -> None:
    del actor
    system.title = {"fi": title, "sv": title, "en": title}
    system.save(update_fields=["title"])


@pytest.mark.usefixtures("helsinki")
def test_a_renamed_thing_is_found_by_its_new_name() -> None:
    rename(InformationSystem.objects.get(slug="osoiterekisteri"), "Postiluukkuluettelo", actor=ROBOT)
    reindex(actor=ROBOT)
    found = slugs("postiluukkuluettelosta")
    assert found[0] == "osoiterekisteri"
    assert set(found) <= {"osoiterekisteri", "osoitteet-ja-nimisto", "kaupunkiympariston-tietovaranto"}, "and by what is tied to it"


@pytest.mark.parametrize(
    "q",
    ["", " ", "ja", "'", '"', "'; DROP TABLE kernel_searchrow; --", "\x00", "a:*&|!()<->", "<script>alert(1)</script>", "🏊", "طلب معلومات",
     "\u202eabc", "x" * 5000, "%_%", "\\", "NOT AND OR", "1" * 300],
)  # fmt: skip
@pytest.mark.usefixtures("helsinki")
def test_hostile_words_are_words(web: Client, q: str) -> None:
    answer = web.get("/kuvaus/", {"q": q, "sivu": q, "laji": q, "luokka": q})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.usefixtures("helsinki")
def test_nothing_found_says_so_and_offers_ways_on(web: Client) -> None:
    answer = web.get("/kuvaus/", {"q": "qwertyuiopasdf", "laji": "system"})
    page = answer.content.decode()
    assert answer.context["answer"].total == 0
    assert "laaja=1" in page
    assert 'class="empty"' in page


@pytest.mark.usefixtures("helsinki")
def test_a_script_gets_the_results_alone(web: Client) -> None:
    fragment = web.get("/kuvaus/", {"q": "rakennusl"}, headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert fragment.lstrip().startswith('<div id="results"')
    assert "/kuvaus/tietojarjestelmat/rakennusluvat/" in fragment, "an unfinished word finds while it is being typed"
    assert "/kuvaus/tietojarjestelmat/rakennusluvat/" in web.get("/kuvaus/", {"q": "rakennusl"}).content.decode(), "and when it is sent"


@pytest.mark.parametrize(
    ("address", "slug", "said"),
    [
        ("/sv/kuvaus/?q=min+dagv%C3%A5rdsplats", "varhaiskasvatus", "Inget innehåller alla orden"),
        ("/kuvaus/?q=haluan+rakennusluvan+naapurin+autotallille", "rakennusluvat", "Kaikilla sanoilla ei löytynyt"),
        ("/en/kuvaus/?q=where+is+my+building+permit+kept+zzz", "rakennusluvat", "Nothing holds all the words"),
    ],
)
@pytest.mark.usefixtures("helsinki")
def test_a_question_in_a_persons_own_words_finds_what_holds_some_of_them(client: Client, address: str, slug: str, said: str) -> None:
    page = client.get(address).content.decode()
    assert said in page
    assert f"/{slug}/" in page


@pytest.mark.usefixtures("helsinki")
def test_what_nothing_holds_finds_nothing(client: Client) -> None:
    assert "Mikään ei vastannut hakua." in client.get("/kuvaus/?q=xyzzyplugh").content.decode()
