"""HTML to numbered lines, as a stream: no tree is built, so depth does not matter and nothing is dropped.

Blocks are parted by empty lines as they would be in a text file. Headings, list items and table rows keep what the
markup said of them; menus, banners and footers stay as lines but are marked as furniture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from lxml import etree

from kirjaamo.catalog.importing.lines import Line, LineKind, Link, clean
from kirjaamo.catalog.importing.problems import PageProblem

_SKIPPED: Final = frozenset({"script", "style", "template", "svg", "head", "title", "noscript", "iframe", "select"})
_FURNITURE: Final = frozenset({"nav", "footer", "aside", "button", "dialog"})
_FURNITURE_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "complementary"})
_FURNITURE_CLASS = re.compile(r"(^|[\s_-])(breadcrumbs?|cookies?|menu|navbar|skip-?link|share|sitemap)($|[\s_-])", re.IGNORECASE)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
    ]
)
_BOLD: Final = frozenset({"strong", "b"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed"})


class _Reader:
    """Receives the events of the parser and writes lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.inside_main: list[bool] = []
        self.words: list[str] = []
        self.bold_only = True
        self.links: list[Link] = []
        self.anchor: tuple[str, int] | None = None
        self.open: list[tuple[str, bool]] = []
        self.depth: dict[str, int] = {}
        self.furniture = 0
        self.kind: LineKind = "text"
        self.level = 0
        self.certain = False
        self.cells: list[str] | None = None
        self.term = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An opening tag."""
        tag = str(tag).lower()
        if tag == "br":
            self._break(paragraph=False)
            return
        if tag in _VOID:
            return
        self._before(tag)
        is_furniture = self._is_furniture(tag, attributes)
        self.furniture += is_furniture
        self.open.append((tag, is_furniture))
        self.depth[tag] = self.depth.get(tag, 0) + 1
        if tag == "a":
            self.anchor = (clean(attributes.get("href") or ""), len(self.words))

    def end(self, tag: str) -> None:
        """A closing tag; tags left open inside it are closed with it."""
        tag = str(tag).lower()
        if not self.depth.get(tag):
            return
        while self.open:
            last, was_furniture = self.open.pop()
            self.depth[last] -= 1
            self._after(last)
            self.furniture -= was_furniture
            if last == tag:
                return

    def data(self, text: str) -> None:
        """Text between tags."""
        if any(self.depth.get(tag) for tag in _SKIPPED) or not text:
            return
        self.words.append(text)
        if text.strip() and not any(self.depth.get(tag) for tag in _BOLD):
            self.bold_only = False

    def close(self) -> tuple[Line, ...]:
        """The end: the lines, with everything outside the main content marked when the page names its main content."""
        self._break()
        while self.lines and not self.lines[-1].text:
            self.lines.pop()
        if any(self.inside_main):
            marked = zip(self.lines, self.inside_main, strict=False)
            return tuple(line if inside or not line.text else replace(line, furniture=True) for line, inside in marked)
        return tuple(self.lines)

    def _before(self, tag: str) -> None:
        if tag in _HEADINGS or tag in {"ul", "ol", "table"}:
            self._leave_cell()
            self._break()
            if tag in _HEADINGS:
                self.kind, self.level, self.certain = "heading", _HEADINGS[tag], True
        elif tag == "li":
            self._break(paragraph=self.kind != "item" and self._last_kind() != "item")
            lists = self.depth.get("ul", 0) + self.depth.get("ol", 0)
            self.kind, self.level, self.certain = "item", max(lists, 1), True
        elif tag == "tr":
            self._break(paragraph=self._last_kind() != "row")
            self.cells = []
        elif tag in {"td", "th"} and self.cells is not None:
            self.words.clear()
        elif tag == "summary":
            self._break()
            self.kind, self.level = "heading", 0
        elif tag in _BLOCKS and self.cells is None and not (tag in {"p", "div"} and self._fresh_item()):
            self._break()

    def _after(self, tag: str) -> None:
        if tag == "a" and self.anchor is not None:
            address, since = self.anchor
            self.links.append(Link(clean("".join(self.words[since:])), address))
            self.anchor = None
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells.append(self._text())
            self.words.clear()
        elif tag == "tr":
            self._row()
        elif tag == "dt":
            self.term = self._text().rstrip(":")
            self.words.clear()
        elif tag == "dd" and self.term:
            self.words.insert(0, f"{self.term}: ")
            self.term = ""
            self.bold_only = False
            self._break()
        elif tag == "li":
            self._break(paragraph=False)
        elif tag in _HEADINGS or (tag in _BLOCKS and self.cells is None):
            self._break()

    def _is_furniture(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag == "header":
            return not (self.depth.get("main") or self.depth.get("article"))
        role = (attributes.get("role") or "").lower()
        if tag == "button":
            return not any(self.depth.get(heading) for heading in _HEADINGS)
        if tag in _FURNITURE or role in _FURNITURE_ROLES:
            return True
        return tag not in {"html", "body", "main"} and bool(_FURNITURE_CLASS.search(attributes.get("class") or ""))

    def _text(self) -> str:
        return clean("".join(self.words))

    def _fresh_item(self) -> bool:
        return self.kind == "item" and not self._text()

    def _last_kind(self) -> str:
        return self.lines[-1].kind if self.lines and self.lines[-1].text else ""

    def _leave_cell(self) -> None:
        """A heading, list or table inside a cell: the table is there for the layout."""
        if self.cells is not None:
            self.words[:0] = [f"{cell} " for cell in self.cells if cell]
            self.cells = None

    def _row(self) -> None:
        if self.cells is None:
            return
        cells, self.cells = tuple(self.cells), None
        if any(cells):
            self._emit(Line(0, " | ".join(cells), "row", 0, certain=True, cells=cells))
        self.links.clear()

    def _break(self, *, paragraph: bool = True) -> None:
        if self.cells is not None:
            self.words.append(" ")
            return
        text = self._text()
        if text:
            kind, certain = self.kind, self.certain
            if kind == "text" and self.bold_only:
                kind, certain = "heading", False
            self._emit(Line(0, text, kind, self.level, certain=certain, links=tuple(self.links)))
        self.words.clear()
        self.links.clear()
        self.bold_only = True
        if text or paragraph:
            self.kind, self.level, self.certain = "text", 0, False
        if paragraph and self.lines and self.lines[-1].text:
            self._append(Line(0, ""))

    def _emit(self, line: Line) -> None:
        self._append(replace(line, furniture=self.furniture > 0))

    def _append(self, line: Line) -> None:
        self.lines.append(replace(line, number=len(self.lines) + 1))
        self.inside_main.append(bool(self.depth.get("main")))


def markup_lines(text: str, name: str) -> tuple[Line, ...]:
    """Lines of an HTML page. Raises ``PageProblem`` when no text at all can be had from it."""
    target = cast("etree.ParserTarget", _Reader())  # the stubs ask for bytes too; a parser with an encoding gives text
    parser = etree.HTMLParser(target=target, recover=True, huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        lines = cast("tuple[Line, ...]", etree.fromstring(_declare(text), parser))  # what the reader's close() returns
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageProblem("broken_html", name=name, what=type(error).__name__) from error
    if not lines:
        raise PageProblem("only_whitespace", name=name)
    return lines


def _declare(text: str) -> bytes:
    """Bytes in the encoding told to the parser; NUL and lone surrogates cannot stand in a page."""
    return text.replace("\x00", "").encode("utf-8", "replace")
