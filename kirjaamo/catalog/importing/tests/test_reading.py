"""What is read, what is refused, and with which words."""

from __future__ import annotations

import time

import pytest

from kirjaamo.catalog.importing import PageProblem, parse, read_page
from kirjaamo.catalog.importing.problems import PROBLEMS
from kirjaamo.catalog.importing.tests.reading import accounted

TEXT = "Venepaikkojen tietovaranto\n\nTietojärjestelmät: Varausjärjestelmä ja äänentallennusjärjestelmä\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("latin-1"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_the_same_page_in_every_encoding(data: bytes, encoding: str) -> None:
    page = read_page(data, "x.txt")
    assert page.encoding == encoding
    draft = parse(page)
    assert [system.name for system in draft.of_kind("system")] == ["Varausjärjestelmä", "äänentallennusjärjestelmä"]
    assert len(page.lines) == 3


def test_html_says_its_own_encoding() -> None:
    data = '<html><head><meta charset="iso-8859-15"></head><body><p>Päätös 5 €</p></body></html>'.encode("iso-8859-15")
    assert [line.text for line in read_page(data, "x.html").lines] == ["Päätös 5 €"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n \xc2\xa0\n", "only_whitespace"),
        (b"<html><body><script>alert(1)</script></body></html>", "only_whitespace"),
        (b"x" * 50_000_000, "too_large"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04 word/document.xml", "binary"),
        (b"\x89PNG\r\n\x1a\n....", "binary"),
        (b"\xff\xd8\xff\xe0 JFIF", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word", "binary"),
        (b"{\\rtf1\\ansi Tietovaranto}", "binary"),
        (b"Tieto\x00varanto ja muuta", "nul_bytes"),
        (b"\xff\xfeT\x00i\x00e", "undecodable"),
        (b"\xef\xbb\xbf\xff\xfe\xfa", "undecodable"),
        (bytes(range(1, 32)) * 40 + b"\x81\x8d\x8f", "undecodable"),
    ],
)
def test_what_is_not_a_page_of_text_is_refused_with_words(data: bytes, code: str) -> None:
    with pytest.raises(PageProblem) as raised:
        read_page(data, "sivu.txt")
    assert raised.value.code == code
    sentences = {raised.value.fi, raised.value.sv, raised.value.en}
    assert len(sentences) == 3
    assert all("sivu.txt" in sentence and sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_every_problem_says_what_to_do() -> None:
    assert all(problem.fi.count(". ") >= 1 and problem.sv.count(". ") >= 1 and problem.en.count(". ") >= 1 for problem in PROBLEMS.values())


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><h1>Otsikko<p>Kappale</div></span><ul><li>yksi<li>kaksi",
        "<p>Kappale <b>lihava <i>molemmat</b> vino</i> loppu",
        "<table><tr><td>a<td>b<tr><td>c</table></table></p></p>",
        "<div><p>a</p>\x0b\x0c</div><nav><p>valikko",
        "<html><body>" + "<" * 500 + "p>teksti</p>",
    ],
)
def test_broken_html_is_read_as_far_as_it_goes(markup: str) -> None:
    page = read_page(markup.encode(), "x.html")
    accounted(parse(page))
    assert page.lines


def test_deeply_nested_html_loses_nothing() -> None:
    data = b"<html><body>" + b"<div>" * 30_000 + b"syvyydess\xc3\xa4" + b"</div>" * 30_000 + b"<p>j\xc3\xa4lkeen</p></body></html>"
    assert [line.text for line in read_page(data, "x.html").lines if line.text] == ["syvyydessä", "jälkeen"]


def test_five_megabytes_on_one_line_are_left_over_and_said() -> None:
    draft = parse(read_page(b"tietovaranto, " * 380_000, "x.txt"))
    assert draft.left_over() == (1,)
    assert "line_too_long" in [finding.code for finding in draft.findings]


def _page(lines: int) -> bytes:
    entry = "Kohteen {0} tietovaranto\n\nTietojärjestelmät\n\n • Järjestelmä {0}\n\nHakutekijät\n\nnimi, numero {0}\n\n"
    prose = "Tässä kerrotaan kohteesta {0} pitkästi.\nSe on rivi tekstiä muiden joukossa.\n\n" * 10
    return "".join((entry + prose).format(number) for number in range(lines // 40)).encode()


def test_time_grows_with_the_length_of_the_page() -> None:
    """100 000 lines are read, and ten times the lines take nowhere near a hundred times the time."""
    spent = []
    for lines in (10_000, 100_000):
        page = read_page(_page(lines), "x.txt")
        start = time.perf_counter()
        draft = parse(page)
        spent.append(time.perf_counter() - start)
        assert len(draft.accounting) == lines
        assert len(draft.of_kind("resource")) == lines // 40
    assert spent[1] < 30 * spent[0]


def test_one_long_list_is_linear_too() -> None:
    data = ("Puiden tietovaranto\n\nTietojärjestelmät:\n" + " • Järjestelmä\n" * 20_000).encode()
    start = time.perf_counter()
    draft = parse(read_page(data, "x.txt"))
    assert len(draft.of_kind("system")) == 1
    assert time.perf_counter() - start < 30
