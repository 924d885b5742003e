"""Splitting lists and finding base forms, without a dictionary."""

from __future__ import annotations

import pytest

from kirjaamo.catalog.importing.facts import class_code, interface_state, keys_in, owners_of, systems_in
from kirjaamo.catalog.importing.names import base_form, other_names, sentences, split_systems, split_things


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vene- ja laiturijärjestelmä", ["vene- ja laiturijärjestelmä"]),
        ("venejärjestelmä ja laiturirekisteri", ["venejärjestelmä", "laiturirekisteri"]),
        ("veneiden ja laiturien järjestelmä", ["veneiden ja laiturien järjestelmä"]),
        ("veneiden, laiturien ja lupien järjestelmä", ["veneiden, laiturien ja lupien järjestelmä"]),
        ("venejärjestelmä, lupaohjelma sekä kartta", ["venejärjestelmä", "lupaohjelma", "kartta"]),
        ("ranta-, vene- ja laiturijärjestelmä, kartta", ["ranta-, vene- ja laiturijärjestelmä", "kartta"]),
        ("mm. lupaohjelma (kesä, talvi) ym.", ["lupaohjelma (kesä, talvi)"]),
        ("båtsystemet och registret samt kartan", ["båtsystemet", "registret", "kartan"]),
        ("the boat system and the permit register", ["boat system", "permit register"]),
    ],
)
def test_lists_of_systems(text: str, names: list[str]) -> None:
    assert split_systems(text) == names


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("nimi, hetu ja osoite.", ["nimi", "hetu", "osoite"]),
        ("perus- ja yhteystiedot", ["perus- ja yhteystiedot"]),
        ("koulun ja luokan nimi", ["koulun ja luokan nimi"]),
        ("kokeisiin ja arvosanoihin liittyvät tiedot", ["kokeisiin ja arvosanoihin liittyvät tiedot"]),
        ("", []),
    ],
)
def test_lists_of_things(text: str, things: list[str]) -> None:
    assert split_things(text) == things


@pytest.mark.parametrize(
    ("inflected", "base"),
    [
        ("lupajärjestelmässä", "lupajärjestelmä"),
        ("lupajärjestelmiä", "lupajärjestelmät"),
        ("yleissivistävässä järjestelmässä", "yleissivistävä järjestelmä"),
        ("sähköisessä palvelussa", "sähköinen palvelu"),
        ("sähköistä palvelua", "sähköinen palvelu"),
        ("lupaohjelmia", "lupaohjelmat"),
        ("rekisteriin", "rekisteri"),
        ("karttapalvelua (kartta.example)", "karttapalvelu (kartta.example)"),
        ("lupaportaaliin", "lupaportaali"),
        ("arkistossa", "arkisto"),
        ("lupajärjestelmä", "lupajärjestelmä"),
        ("Wilma", "Wilma"),
        ("ärendehanteringssystemet", "ärendehanteringssystem"),
        ("det nationella registret", "det nationella registret"),
    ],
)
def test_base_forms(inflected: str, base: str) -> None:
    assert base_form(inflected) == base


def test_other_names_inside_a_name() -> None:
    assert other_names("Venerekisteri/laiturijärjestelmä (VENE)") == (
        "Venerekisteri/laiturijärjestelmä (VENE)",
        "Venerekisteri/laiturijärjestelmä",
        "VENE",
        "Venerekisteri",
        "laiturijärjestelmä",
    )


def test_abbreviations_do_not_end_sentences() -> None:
    assert sentences("Tietoja on mm. Espoosta. Niitä haetaan esim. Nimellä. Loppu") == [
        "Tietoja on mm. Espoosta.",
        "Niitä haetaan esim. Nimellä.",
        "Loppu",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tiedot on tallennettu lupajärjestelmään.", ["lupajärjestelmä"]),
        ("Uppgifterna lagras i tillståndssystemet.", ["tillståndssystem"]),
        ("Data is stored in the permit system.", ["permit system"]),
        ("Kuvaus koskee järjestelmiä, jotka sisältävät tietoja rekisteriin.", []),
        ("Asiat käsitellään lautakunnassa.", []),
    ],
)
def test_systems_in_sentences(text: str, names: list[str]) -> None:
    assert [one.name for one in systems_in(text, listed=False)] == names


def test_keys_in_sentences() -> None:
    assert keys_in("Hakutekijöinä toimivat esimerkiksi luvan numero ja hakijan nimi.", listed=False) == ("luvan numero", "hakijan nimi")
    assert keys_in("Sökord: namn, nummer", listed=False) == ("namn", "nummer")
    assert keys_in("Veneet ovat laiturissa.", listed=False) == ()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ei", "no"),
        ("Tietoja ei ole saatavilla rajapinnan kautta.", "no"),
        ("Kyllä", "yes"),
        ("Tiedot ovat saatavilla avoimen rajapinnan kautta.", "yes"),
        ("Osittain", "partly"),
        ("Delvis via öppet gränssnitt", "partly"),
        ("Not available through an open interface", "no"),
        ("Ei tiedossa", "unknown"),
        ("rajapinta", "unknown"),
    ],
)
def test_unknown_is_not_no(text: str, state: str) -> None:
    assert interface_state(text) == state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 34 56 Lupa-asiat", ("12 34 56", "Lupa-asiat")),
        ("12.34.56 Lupa-asiat", ("12 34 56", "Lupa-asiat")),
        ("12 Luvat", ("12", "Luvat")),
        ("12345 Kylä", None),
        ("1 Luku", None),
        ("12 34", None),
    ],
)
def test_class_codes(text: str, found: tuple[str, str] | None) -> None:
    assert class_code(text) == found


def test_owners() -> None:
    assert owners_of("Satama/ Lupayksikkö") == (("Satama", "Lupayksikkö"), "")
    assert owners_of("Satama vuoteen 2020 asti") == (("Satama",), "vuoteen 2020 asti")
    assert owners_of("Päällikkö ja/tai johtaja") == (("Päällikkö ja/tai johtaja",), "")
