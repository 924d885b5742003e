"""The report counts, names what to look at, and hides nothing."""

from __future__ import annotations

from kirjaamo.catalog.importing import match, parse, read_page, render_text
from kirjaamo.catalog.importing.checks import TEXTS
from kirjaamo.catalog.importing.report import _FINDINGS
from kirjaamo.catalog.importing.tests.reading import PAGES, TODAY, page, published


def test_report_of_a_published_page() -> None:
    drafts = [published(name) for name in ("systems.txt", "education.txt")]
    report = render_text(drafts[1], match(drafts, []))
    assert report.startswith("# education.txt\n")
    assert "| Tietovarannot | 4 |" in report
    assert "Rivejä 111: sijoitettu 44, otsikoita 19, tyhjiä 48, sijoittamatta 0." in report
    assert "### Luettelo puuttuu (4)" in report
    assert "| oppilashuollon järjestelmä | Oppilas- ja opiskelijahuollon tietojärjestelmä ? |" in report
    assert "Jokainen rivi sijoitettiin." in report
    systems = render_text(drafts[0])
    assert "Kuvattuja järjestelmiä 43: omistaja 43, käyttäjät 43, kuvaus 43." in systems
    assert "- rivi 5" in systems


def test_left_over_lines_are_shown_with_their_text_and_cut_lists_say_so() -> None:
    path = PAGES / "junk_recipe.txt"
    source = read_page(path.read_bytes(), path.name)
    report = render_text(parse(source, today=TODAY), page=source, limit=3)
    assert "- rivi 5: • 4 munaa" in report
    assert "- … ja 5 muuta" in report
    assert "Sivulta ei tunnistettu mitään." in report


def test_every_finding_has_a_heading_and_words_in_three_languages() -> None:
    assert set(_FINDINGS) == set(TEXTS)
    assert all(len(set(row)) == 3 for row in TEXTS.values())


def test_known_classes_are_checked_when_given() -> None:
    source = read_page((PAGES / "units_other_city.txt").read_bytes(), "units_other_city.txt")
    draft = parse(source, known_classes={"10 08": "Asuminen", "10 08 01": "Asuntojen vuokraaminen"}, today=TODAY)
    found = {finding.code: finding for finding in draft.findings if "class" in finding.code}
    assert found["unknown_class"].params["number"] == "99 99"
    assert found["unknown_class"].lines == (18,)
    assert found["class_title_differs"].params["known"] == "Asuntojen vuokraaminen"
    assert "unknown_class" not in [finding.code for finding in page("units_other_city.txt").findings]
