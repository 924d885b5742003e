"""Reading published descriptions into a reviewable draft: no database, no network, no names known beforehand."""

from __future__ import annotations

from kirjaamo.catalog.importing.changes import Changes, FieldChange, difference
from kirjaamo.catalog.importing.draft import Accounted, Draft, Entity, Field, Finding, Relation
from kirjaamo.catalog.importing.matching import KnownEntry, Match, Matching, match
from kirjaamo.catalog.importing.page import MAX_BYTES, Page, read_page
from kirjaamo.catalog.importing.parsing import parse
from kirjaamo.catalog.importing.problems import PageProblem
from kirjaamo.catalog.importing.report import render_text

__all__ = [
    "MAX_BYTES",
    "Accounted",
    "Changes",
    "Draft",
    "Entity",
    "Field",
    "FieldChange",
    "Finding",
    "KnownEntry",
    "Match",
    "Matching",
    "Page",
    "PageProblem",
    "Relation",
    "difference",
    "match",
    "parse",
    "read_page",
    "render_text",
]
