"""Whatever the text, every line is accounted for and nothing but a ``PageProblem`` is ever raised."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.catalog.importing import Draft, PageProblem, difference, match, parse, read_page, render_text
from kirjaamo.catalog.importing.tests.reading import PAGES, PUBLISHED, TODAY, accounted

_LINES = sorted({line for folder in (PAGES, PUBLISHED) for path in folder.glob("*.txt") for line in path.read_text("utf-8").split("\n")})
_ODD = st.sampled_from(
    ["", " ", "\u00a0", "•", " • ", "-", "1. ", ":", "Omistaja:", "Hakutekijät:", "\t|\t", "###", "()", "( ,", "-,-", "\u202e"]
)
_TEXTS = st.lists(st.one_of(st.sampled_from(_LINES), _ODD, st.text(max_size=60)), max_size=40).map("\n".join)
_TAGS = st.sampled_from(
    [
        "h1",
        "h2",
        "h4",
        "p",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "div",
        "nav",
        "main",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "b",
        "a",
        "br",
    ]
)
_MARKUP = st.lists(
    st.one_of(_TAGS.map(lambda tag: f"<{tag}>"), _TAGS.map(lambda tag: f"</{tag}>"), st.sampled_from(_LINES), st.text(max_size=20)),
    max_size=40,
).map(lambda parts: "<html><body>" + "".join(parts))
_MORE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _told(problem: PageProblem) -> None:
    assert "x" in problem.fi


def _read(data: bytes) -> None:
    try:
        page = read_page(data, "x")
    except PageProblem as problem:
        _told(problem)
        return
    draft = parse(page, known_classes={}, today=TODAY)
    accounted(draft)
    assert len(draft.accounting) == len(page.lines)
    assert Draft.from_dict(json.loads(json.dumps(draft.to_dict()))) == draft
    assert difference(draft, draft).empty
    keys = {entity.key for entity in draft.entities}
    assert len(keys) == len(draft.entities)
    assert all(row.source in keys and (not row.target or row.target in keys) for row in draft.relations)
    assert all(entity.name.strip() for entity in draft.entities)
    assert render_text(draft, match([draft], []), page=page)


@_MORE
@given(_TEXTS)
def test_any_text(content: str) -> None:
    _read(content.encode())


@_MORE
@given(_MARKUP)
def test_any_markup(content: str) -> None:
    _read(content.encode())


@_MORE
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    _read(data)
