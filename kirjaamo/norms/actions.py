"""What may be changed of the legal reference data: load the rows that come with the program."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirjaamo.kernel.actions import action
from kirjaamo.kernel.packs import Item
from kirjaamo.norms.models import AppealRoute, DeadlineTerm, Fee, ProcedureGround, SecrecyGround, ServiceTerm, Statute

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.kernel.actors import Actor

DATA = Path(__file__).parent / "data"


@action("Lataa normit", needs="norms.edit")
def load_norms(*, actor: Actor) -> dict[str, int]:
    """Write all rows of reference data that come with the program; loading again changes what differs."""
    del actor
    return {
        "statute": _each("statutes", "statute", _statute),
        "ground": _each("grounds", "ground", _ground),
        "deadline": _each("deadlines", "deadline", _deadline),
        "presumption": _each("presumptions", "presumption", _presumption),
        "fee": _each("fees", "fee", _fee),
        "procedure": _each("procedure", "ground", _procedure),
        "appeal": _each("appeals", "route", _appeal),
    }


def _each(file: str, kind: str, write: Callable[[Item, dict[str, Any]], object]) -> int:
    rows = tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))[kind]
    for row in rows:
        item = Item(f"norms/data/{file}.toml", row)
        write(item, _dated(item))
    return len(rows)


def _dated(item: Item) -> dict[str, Any]:
    return {
        "valid_from": item.get("valid_from"),
        "valid_to": item.get("valid_to"),
        "sure": item.get("sure", "memory"),
        "source": item.get("source", ""),
        "note": item.text("note"),
    }


def _statute(item: Item, dated: dict[str, Any]) -> None:
    facts = dated | {"title": item.text("title"), "short": item.text("short"), "url": item.get("url", "")}
    Statute.objects.update_or_create(number=item.need("number"), defaults=facts)


def _ground(item: Item, dated: dict[str, Any]) -> None:
    end = item.need("end")
    facts = dated | {
        **{key: item.get(key, "") for key in ("act", "section", "subsection", "point", "clause", "relevance")},
        "title": item.text("title"),
        "end_rule": end["rule"],
        "end_years": end.get("years"),
        "fallback_years": end.get("fallback_years"),
        "end_event": end.get("event", {}),
        "while_in_use": item.get("while_in_use", False),
    }
    SecrecyGround.objects.update_or_create(code=item.need("code"), defaults=facts)


def _deadline(item: Item, dated: dict[str, Any]) -> None:
    since = dated.pop("valid_from")
    facts = dated | {
        **{key: item.need(key) for key in ("amount", "unit", "rolls", "closes", "legal_basis")},
        "title": item.text("title"),
        "starts": item.text("starts"),
    }
    DeadlineTerm.objects.update_or_create(code=item.need("code"), valid_from=since, defaults=facts)


def _presumption(item: Item, dated: dict[str, Any]) -> None:
    since = dated.pop("valid_from")
    facts = dated | {"title": item.text("title"), "days": item.need("days"), "legal_basis": item.need("legal_basis")}
    ServiceTerm.objects.update_or_create(code=item.need("code"), valid_from=since, defaults=facts)


def _fee(item: Item, dated: dict[str, Any]) -> None:
    since = dated.pop("valid_from")
    facts = dated | {
        "title": item.text("title"),
        "amount": Decimal(item.need("amount")),
        **{key: item.get(key, "") for key in ("per", "kind", "legal_basis")},
        "proposed": item.get("proposed", False),
        "order": item.get("order", 0),
    }
    Fee.objects.update_or_create(code=item.need("code"), valid_from=since, defaults=facts)


def _procedure(item: Item, dated: dict[str, Any]) -> None:
    since = dated.pop("valid_from")
    facts = dated | {"title": item.text("title"), **{key: item.need(key) for key in ("kind", "legal_basis", "order")}}
    ProcedureGround.objects.update_or_create(code=item.need("code"), valid_from=since, defaults=facts)


def _appeal(item: Item, dated: dict[str, Any]) -> None:
    since = dated.pop("valid_from")
    texts = {key: item.text(key) for key in ("title", "addressee", "contents")}
    served = {key: item.get(key) for key in ("by_letter", "by_message") if item.get(key)}
    facts = dated | texts | served | {"usual": item.get("usual", False), "term": item.get("term", ""), "order": item.get("order", 0)}
    facts["legal_basis"] = item.need("legal_basis")
    AppealRoute.objects.update_or_create(
        code=item.need("code"), class_prefix=item.get("class_prefix", ""), valid_from=since, defaults=facts
    )
