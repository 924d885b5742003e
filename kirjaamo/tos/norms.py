"""What the plan takes from the norms by code: how secrecy ends by each ground, which statutes, deadlines and triggers exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.norms.models import DeadlineTerm, SecrecyGround, Statute
from kirjaamo.tos.models import CodeValue
from kirjaamo.tos.rules import GroundEnd

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIGGERS = "RetentionPeriodStart"
"""The code list of what a retention time is counted from."""
PUBLICITY_ACT = "621/1999"


@dataclass(frozen=True)
class Known:
    """The codes that rules may name, read once for a page or an approval (four statements)."""

    ends: Mapping[str, GroundEnd]
    titles: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    """Ground → how it is cited, such as `JulkL 24 § 1 mom. 25 kohta`."""
    triggers: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, Mapping[str, str]]
    """Trigger → the words that follow the years: "asian lopullisesta ratkaisusta"."""
    statutes: frozenset[str]
    deadlines: Mapping[str, Mapping[str, str]]


def known() -> Known:
    """Read grounds, triggers, statutes and deadlines."""
    grounds = list(SecrecyGround.objects.all())
    statutes = dict(Statute.objects.values_list("number", "short"))
    triggers = list(CodeValue.objects.filter(list_name=TRIGGERS))
    return Known(
        ends={ground.code: _end(ground) for ground in grounds},
        titles={ground.code: ground.title for ground in grounds},
        names={ground.code: _name(ground, statutes.get(ground.act, {})) for ground in grounds},
        triggers={value.code: value.label for value in triggers},
        phrases={value.code: value.note for value in triggers},
        statutes=frozenset(statutes),
        deadlines=dict(DeadlineTerm.objects.order_by("code").values_list("code", "title")),
    )


def _end(ground: SecrecyGround) -> GroundEnd:
    act = f"{ground.act} {ground.section} §" if ground.end_rule == "permanent" else ""
    return GroundEnd(ground.end_rule, ground.end_years, ground.fallback_years, ground.end_event or None, act)


def _name(ground: SecrecyGround, short: Mapping[str, str]) -> str:
    act = "JulkL" if ground.act == PUBLICITY_ACT else short.get("fi") or ground.act
    subsection = f" {ground.subsection} mom." if ground.subsection else ""
    point = f" {ground.point} kohta" if ground.point else ""
    return f"{act} {ground.section} §{subsection}{point}"
