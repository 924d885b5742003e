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


@dataclass(frozen=True)
class Known:
    """The codes that rules may name, read once for a page or an approval (four statements)."""

    ends: Mapping[str, GroundEnd]
    titles: Mapping[str, Mapping[str, str]]
    triggers: Mapping[str, Mapping[str, str]]
    statutes: frozenset[str]
    deadlines: frozenset[str]


def known() -> Known:
    """Read grounds, triggers, statutes and deadlines."""
    grounds = list(SecrecyGround.objects.all())
    return Known(
        ends={ground.code: _end(ground) for ground in grounds},
        titles={ground.code: ground.title for ground in grounds},
        triggers=dict(CodeValue.objects.filter(list_name=TRIGGERS).values_list("code", "label")),
        statutes=frozenset(Statute.objects.values_list("number", flat=True)),
        deadlines=frozenset(DeadlineTerm.objects.values_list("code", flat=True)),
    )


def _end(ground: SecrecyGround) -> GroundEnd:
    act = f"{ground.act} {ground.section} §" if ground.end_rule == "permanent" else ""
    return GroundEnd(ground.end_rule, ground.end_years, ground.fallback_years, ground.end_event or None, act)
