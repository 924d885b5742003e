"""Which parties may be one: proposals for a person to look at, never merged by the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from kirjaamo.subjects.models import Subject, SubjectKind

ALIKE = 0.82
"""How alike two names must be, of 1; found by trying: `Virtanen Aino`, `Aino Virtanen` and `Aino Wirtanen` are alike, siblings are not."""
MOST = 200
CROWD = 50
"""A birth date or business id with more bearers than this says nothing (an invented or default one)."""


@dataclass(frozen=True)
class Proposal:
    """Two parties that may be one, and why."""

    one: Subject
    other: Subject
    why: str | StrPromise


def proposals() -> Sequence[Proposal]:
    """The pairs that share a business id, or a birth date and nearly a name; at most `MOST`."""
    found = [*_same("business_id", _("sama Y-tunnus")), *_same_birth_date()]
    return found[:MOST]


def _crowds(field: str) -> Iterator[list[Subject]]:
    """Groups of parties that share a value of a field."""
    rows = Subject.objects.filter(merged_into=None).exclude(**{field: None}).exclude(**({field: ""} if field == "business_id" else {}))
    shared = rows.order_by().values(field).annotate(many=Count("pk")).filter(many__gt=1, many__lte=CROWD).values_list(field, flat=True)
    groups: dict[object, list[Subject]] = {}
    for subject in rows.filter(**{f"{field}__in": list(shared[:MOST])}).order_by("pk"):
        groups.setdefault(getattr(subject, field), []).append(subject)
    yield from groups.values()


def _same(field: str, why: str | StrPromise) -> Iterator[Proposal]:
    for group in _crowds(field):
        yield from (Proposal(one, other, why) for one, other in combinations(group, 2) if one.kind == other.kind)


def _same_birth_date() -> Iterator[Proposal]:
    for group in _crowds("birth_date"):
        for one, other in combinations(group, 2):
            two_codes = one.personal_id_hash and other.personal_id_hash
            if one.kind == other.kind == SubjectKind.PERSON and not two_codes and alike(one.name, other.name):
                yield Proposal(one, other, _("sama syntymäaika ja lähes sama nimi"))


def alike(one: str, other: str) -> bool:
    """Whether two names are nearly the same, in whatever order their words stand."""
    first, second = (" ".join(sorted(name.casefold().replace("w", "v").split())) for name in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= ALIKE
