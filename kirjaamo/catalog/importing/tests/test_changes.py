"""A second import shows the difference and nothing else."""

from __future__ import annotations

from kirjaamo.catalog.importing import difference
from kirjaamo.catalog.importing.tests.reading import PUBLISHED, text

PAGE = """Satamien tietovaranto

Satamien tietovarantoa käytetään veneiden varaamiseen.

Tietojärjestelmät: varausjärjestelmä, laskutusohjelma

Hakutekijät: nimi, numero
"""


def test_moved_lines_are_no_change() -> None:
    moved = "Siirry sisältöön\n\n\n\n" + PAGE.replace("\n\n", "\n\n\n")
    assert difference(text(moved), text(PAGE)).empty


def test_new_changed_and_gone() -> None:
    now = PAGE.replace("laskutusohjelma", "karttapalvelu").replace("veneiden varaamiseen", "laiturien varaamiseen")
    changes = difference(text(now), text(PAGE))
    assert [entity.name for entity in changes.new] == ["karttapalvelu"]
    assert [entity.name for entity in changes.gone] == ["laskutusohjelma"]
    assert [(one.field, one.old, one.new, one.lines) for one in changes.changed] == [
        (
            "description",
            "Satamien tietovarantoa käytetään veneiden varaamiseen.",
            "Satamien tietovarantoa käytetään laiturien varaamiseen.",
            (3,),
        ),
        ("systems", "varausjärjestelmä, laskutusohjelma", "varausjärjestelmä, karttapalvelu", (5,)),
    ]
    assert [row.target_name for row in changes.relations_new] == ["karttapalvelu"]
    assert [row.target_name for row in changes.relations_gone] == ["laskutusohjelma"]


def test_a_changed_owner_on_a_long_page_is_one_row() -> None:
    page = (PUBLISHED / "systems.txt").read_text(encoding="utf-8")
    now = page.replace("Omistaja: Tarkastusvirasto", "Omistaja: Toinen virasto")
    changes = difference(text(now), text(page))
    assert [(one.field, one.old, one.new) for one in changes.changed] == [("owner", "Tarkastusvirasto", "Toinen virasto")]
    assert not changes.new
    assert not changes.gone
