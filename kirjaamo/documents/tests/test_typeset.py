"""Letters as tagged PDF: the standard is kept, nothing that a person wrote is markup, and no character stops the making."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.documents import glyphs, typeset
from kirjaamo.documents.letter import Letter, Part, facts, heading, listed, note, prose, signature, table

AT = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
HOSTILE = [
    pytest.param("😀 👩\u200d👩\u200d👧 🇫🇮 ❤\ufe0f", id="emoji"),
    pytest.param("שלום עולם مرحبا بالعالم", id="right-to-left"),
    pytest.param("a\u202eedirts\u202c \u2066x\u2069", id="direction-overrides"),
    pytest.param("\x00\x01\x07\x1b[31m\x7f\x9f", id="control"),
    pytest.param("\ud800\udfff", id="surrogates"),
    pytest.param("a\r\nb\rc\u2028d\u2029e\x0bf\x85g\th", id="line-ends"),
    pytest.param("e\u0301\u0323\u0489\u20dd 漢\u0301 \u0301", id="combining"),
    pytest.param("〈〉、。「」『』【】〔〕ＡＢ", id="wide-punctuation"),
    pytest.param("\ufffe\uffff\U0010ffff\ue000", id="not-characters"),
    pytest.param("A" * 50_000, id="one-long-word"),
    pytest.param("漢" * 50_000, id="one-long-unknown-word"),
    pytest.param("sana " * 10_000, id="fifty-thousand"),
    pytest.param("", id="empty"),
    pytest.param(" \n\n\n ", id="only-space"),
]


def letter(parts: Sequence[Part], language: str = "fi", title: str = "Otsikko") -> bytes:
    """A letter of an invented city."""
    return Letter(
        language, AT, title, "Esimerkkikaupunki", parts, unit="Kirjaamo", identifier="EK 1/2026", recipient=["Maija Meikäläinen"]
    ).pdf()


def text_of(pdf: bytes) -> str:
    """The text that can be read out of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_letter_keeps_the_standards(language: str) -> None:
    whole = [
        heading("Osa"),
        prose("Teksti"),
        facts([("Nimi", "Arvo")]),
        listed(["a", "b"]),
        note("Huomaa", "x"),
        table(["A"], [["1"]]),
        signature("N"),
    ]
    with pikepdf.open(io.BytesIO(letter(whole, language))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Otsikko"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122103000")
        with pdf.open_metadata() as meta:
            assert meta.pdfa_status == "2A"
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Otsikko"
        roles = {str(element.S) for element in _elements(pdf.Root.StructTreeRoot)}
        assert {"/H1", "/H2", "/P", "/L", "/Table", "/TH"} <= roles


def _elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary):
            continue
        if "/S" in one:
            found.append(one)
        children = one.get("/K")
        if children is not None:
            waiting += list(children) if isinstance(children, pikepdf.Array) else [children]
    return found


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter([prose("Sama")]) == letter([prose("Sama")])


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_becomes_a_letter(text: str) -> None:
    with pikepdf.open(io.BytesIO(letter([prose(text), facts([("x", text)]), listed([text]), note(text[:50], text)]))) as made:
        assert len(made.pages) >= 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_no_text_stops_a_letter(text: str) -> None:
    assert letter([prose(text), facts([("x", text)])], title=text or "Otsikko").startswith(b"%PDF-1.7")


def test_every_character_of_the_first_blocks_becomes_a_letter() -> None:
    assert letter([prose(" ".join(chr(code) for code in range(0x20, 0x3100)))]).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text", ['#emph[x] #sys.inputs #read("/etc/passwd") $x^2$ *a* _b_ @c <d> \\n `e` // f', '"} #panic() {"', "= Otsikko\n- a\n+ b"]
)
def test_what_a_person_wrote_is_never_markup(text: str) -> None:
    read = text_of(letter([prose(text)], title=text.split("\n", maxsplit=1)[0])).replace("\r\n", "\n").replace("\n", " ")
    for word in text.replace("\n", " ").split():
        assert word in read


def test_a_long_word_stays_on_the_page() -> None:
    page = pypdfium2.PdfDocument(letter([prose("W" * 3000)]))[0]
    width = page.get_width()
    boxes = [page.get_textpage().get_charbox(number) for number in range(0, page.get_textpage().count_chars(), 7)]
    assert max(box[2] for box in boxes) < width - 40


def test_what_no_font_draws_is_a_square_and_counted() -> None:
    assert typeset.shown("a😀b") == f"a{glyphs.REPLACEMENT}b"
    assert typeset.replaced("a😀b漢") == 2
    assert typeset.replaced("Åäö €  – ”lainaus” שלום") == 0
    assert glyphs.REPLACEMENT in text_of(letter([prose("a😀b")]))


def test_nothing_invisible_is_left() -> None:
    assert typeset.shown("a\u202eb\u2066c\x00d\u200fe\r\nf") == "abcde\nf"
