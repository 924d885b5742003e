"""What an arrival resembles: the same thing come twice, an answer to what we hold, cases of the same sender or matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.indexing import STAFF_SOURCE
from kirjaamo.cases.models import Arrival, Case, CaseDocument, CaseState
from kirjaamo.cases.reading import identifiers_in
from kirjaamo.cases.visibility import visible_to
from kirjaamo.documents.models import File
from kirjaamo.kernel.search_text import query_terms, quoted
from kirjaamo.values.text import sort_key

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

MOST, OF_EACH = 6, 4
RECENT = dt.timedelta(days=365)
LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """What is known of an arrival so far: of a queue's arrival, and as far as a person has typed."""

    title: str = ""
    sender: str = ""
    email: str = ""
    business_id: str = ""
    language: str = "fi"
    arrival: Arrival | None = None


@dataclass(frozen=True)
class Alike:
    """A case, or another arrival, that resembles it; `why` says in words how. The surest come first."""

    why: str
    sure: bool
    case: Case | None = None
    arrival: Arrival | None = None


def alike(asked: Asked, actor: Actor) -> list[Alike]:
    """What resembles an arrival, each once with its surest reason (at most seven statements)."""
    condition = visible_to(actor, timezone.now())
    found = [*_named(asked, condition), *_answered(asked, condition), *_same_files(asked, condition), *_of_sender(asked, condition)]
    found += _of_words(asked, condition)
    once: dict[tuple[str, int], Alike] = {}
    for one in found:
        thing = one.case or one.arrival
        assert thing is not None  # noqa: S101 - one of the two is there
        once.setdefault((thing._meta.label_lower, thing.pk), one)
    return sorted(once.values(), key=lambda one: not one.sure)[:MOST]


def _cases(condition: Q) -> Iterable[Case]:
    return Case.objects.filter(condition).select_related("revision", "handler").order_by("-id")[:OF_EACH]


def _named(asked: Asked, condition: Q) -> list[Alike]:
    """Cases whose identifier the message or the title names."""
    told = f"{asked.title} {asked.arrival.subject} {asked.arrival.text[:4000]}" if asked.arrival else asked.title
    named = identifiers_in(told)
    return (
        [Alike(_("Asiatunnus mainitaan viestissä"), sure=True, case=case) for case in _cases(condition & Q(identifier__in=named))]
        if named
        else []
    )


def _answered(asked: Asked, condition: Q) -> list[Alike]:
    """The case of the message that this one answers."""
    if asked.arrival is None or not asked.arrival.answers:
        return []
    answered = Q(arrivals__message_id__in=asked.arrival.answers)
    return [Alike(_("Vastaus viestiin, joka on tässä asiassa"), sure=True, case=case) for case in _cases(condition & answered)]


def _same_files(asked: Asked, condition: Q) -> list[Alike]:
    """Cases and waiting arrivals that hold the very same file, or the message of the same identifier."""
    if asked.arrival is None:
        return []
    hashes = [file.sha256 for file in asked.arrival.files.all()]
    holding = CaseDocument.objects.filter(document__in=File.objects.filter(sha256__in=hashes).values("document_id")).values("case_id")
    found = [Alike(_("Sama tiedosto on jo asiassa"), sure=True, case=case) for case in _cases(condition & Q(pk__in=holding))]
    same = Q(files__sha256__in=hashes)
    if asked.arrival.message_id:
        same |= Q(message_id=asked.arrival.message_id)
    others = Arrival.objects.filter(same, state="waiting").exclude(pk=asked.arrival.pk).distinct()[:OF_EACH]
    return [*found, *(Alike(_("Sama viesti tai tiedosto odottaa jonossa"), sure=True, arrival=other) for other in others)]


def _of_sender(asked: Asked, condition: Q) -> list[Alike]:
    """Open and recent cases of the same sender, by address, business id or exact name."""
    same = Q()
    if asked.email:
        same |= Q(parties__subject__known_email__iexact=asked.email)
    if asked.business_id:
        same |= Q(parties__subject__business_id=asked.business_id)
    if len(asked.sender) > 2:  # noqa: PLR2004 - initials say nothing
        same |= Q(parties__subject__name_sort=sort_key(asked.sender)[:600])
    if not same:
        return []
    recent = ~Q(state=CaseState.CLOSED) | Q(registered_at__gte=timezone.now() - RECENT)
    keys = Case.objects.filter(condition & same & recent).order_by("-id").values_list("pk", flat=True).distinct()[:OF_EACH]
    return [Alike(_("Sama lähettäjä"), sure=False, case=case) for case in _cases(Q(pk__in=list(keys)))]


_BY_WORDS = """
SELECT key FROM (
    SELECT key, ({score}) AS score FROM kernel_searchrow WHERE source = %s AND language = %s AND vector @@ %s::tsquery
    ORDER BY score DESC, id DESC LIMIT {most}
) found WHERE score >= %s ORDER BY score DESC
"""


def _of_words(asked: Asked, condition: Q) -> list[Alike]:
    """Cases whose title shares most of the words of this one, whatever their form."""
    terms = [
        _alternatives(term.lexemes.base | term.lexemes.stems | {term.text}) for term in query_terms(asked.title[:LONGEST], asked.language)
    ]
    terms = list(dict.fromkeys(terms))[:12]
    least = max(2, (len(terms) + 1) // 2)
    if len(terms) < least:
        return []
    score = " + ".join(["(vector @@ %s::tsquery)::int"] * len(terms))
    sql = _BY_WORDS.format(score=score, most=OF_EACH * 5)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*terms, STAFF_SOURCE, asked.language, " | ".join(terms), least])
        keys = [row[0] for row in cursor.fetchall()]
    cases = {case.identifier: case for case in _cases(condition & Q(identifier__in=keys[:OF_EACH]))}
    return [Alike(_("Samat sanat nimikkeessä"), sure=False, case=cases[key]) for key in keys if key in cases]


def _alternatives(lexemes: Iterable[str]) -> str:
    return f"({' | '.join(quoted(lexeme) for lexeme in sorted(lexemes))})"
