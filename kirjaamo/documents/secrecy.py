"""How a document is secret: the strictest clause of its grounds, the end of secrecy and whether a person must confirm that end.

Decided when the document is made, from the plan's rule of its node or from the dated rows of its grounds, and kept on the document.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.norms.grounds import by_code
from kirjaamo.values.language import Text3
from kirjaamo.values.openness import strictest
from kirjaamo.values.publicity import ClauseType, EndKind, Publicity
from kirjaamo.values.secrecy_end import EndRule, latest, secrecy_end

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.norms.models import SecrecyGround
    from kirjaamo.tos.models import Node

FROM_THE_DOCUMENT = frozenset({"document_date", "completion", "arrival"})
"""Starts of the plan's rule that are known when the document is made; the others come later."""


@dataclass(frozen=True)
class Secrecy:
    """The clause, how secrecy ends, its last day when it is known, and whether a person confirms the end. Empty: not secret."""

    clause: str = ""
    end: str = ""
    until: dt.date | None = None
    confirm: bool = False


def secrecy_of(document: Document, node: Node | None, dated: dt.date | None) -> Secrecy:
    """Decide the secrecy of a new document.

    A ground that is not among the dated rows is taken as absolute and lasts until someone writes its end.
    """
    if not Publicity(document.publicity).needs_ground:
        return Secrecy()
    grounds = by_code(document.grounds)
    known = [grounds[code] for code in document.grounds if code in grounds]
    clauses = [ClauseType(row.clause) for row in known] if len(known) == len(document.grounds) else [ClauseType.ABSOLUTE]
    clause = strictest(clauses) or ClauseType.ABSOLUTE
    kind, until = _plan_end(node, dated) if node is not None and node.secrecy_end else _end(known, len(document.grounds), dated)
    confirm = any(row.while_in_use for row in known) or kind is EndKind.FROM_DEATH or document.personal != "none"
    return Secrecy(clause.value, kind.value, until, confirm)


def _plan_end(node: Node, dated: dt.date | None) -> tuple[EndKind, dt.date | None]:
    kind = EndKind(node.secrecy_end)
    start = dated if node.secrecy_start in FROM_THE_DOCUMENT or kind is EndKind.FROM_DEATH else None
    rule = _rule(kind, node.secrecy_years, node.secrecy_fallback_years, node.secrecy_event)
    return kind, secrecy_end(rule, document_date=start).last_secret_day


def _end(known: list[SecrecyGround], wanted: int, dated: dt.date | None) -> tuple[EndKind, dt.date | None]:
    """Of several grounds the one that lasts longest."""
    if len(known) < wanted or not known:
        return EndKind.EVENT, None
    kinds = [EndKind(row.end_rule) for row in known]
    rules = [_rule(kind, row.end_years, row.fallback_years, row.end_event) for kind, row in zip(kinds, known, strict=True)]
    ends = [secrecy_end(rule, document_date=dated) for rule in rules]
    longest = latest(ends)
    return kinds[ends.index(longest)], longest.last_secret_day


def _rule(kind: EndKind, years: int | None, fallback: int | None, event: dict[str, str]) -> EndRule:
    named = Text3(event.get("fi", "") or "tapahtuma", event.get("sv", ""), event.get("en", "")) if kind is EndKind.EVENT else None
    return EndRule(
        kind,
        years=years if kind in {EndKind.YEARS, EndKind.FROM_DEATH} else None,
        fallback_years=fallback if kind is EndKind.FROM_DEATH else None,
        event=named,
    )
