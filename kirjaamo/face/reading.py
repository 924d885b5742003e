"""Reading the public face: the list with keyset paging, and a case. Nothing but its own tables and the plan in force is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from kirjaamo.cases.indexing import LONGEST
from kirjaamo.cases.models import CaseState
from kirjaamo.cases.reading import MOST, PAGE, Asked, CappedCount, Page, identifiers_in
from kirjaamo.face.models import FaceCase, FaceDocument, FaceStage
from kirjaamo.kernel.search_text import query
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.ui.languages import LANGUAGES

ROW = ("case_id", "identifier", "title", "class_title", "unit_title", "unit_short", "state", "initiated_at", "closed_at")


def list_cases(asked: Asked) -> Page:
    """One page of public rows, newest first, in one statement."""
    named = identifiers_in(asked.text)
    words = Q(identifier__in=named) if named else _words(asked.text.strip())
    found = FaceCase.objects.filter(words & _condition(asked))
    counted = CappedCount(found.order_by().values("pk")[: MOST + 1])
    backward = bool(asked.before)
    ordered = found.filter(_from_key(asked)).order_by("case_id" if backward else "-case_id")
    rows: list[Mapping[str, Any]] = list(ordered.annotate(total=counted).values(*ROW, "total")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backward:
        rows.reverse()
    if not rows:
        return Page([])
    return Page(
        rows,
        before=str(rows[0]["case_id"]) if (more if backward else asked.after) else "",
        after=str(rows[-1]["case_id"]) if backward or more else "",
        total=min(rows[0]["total"], MOST),
        capped=rows[0]["total"] > MOST,
        by_identifier=bool(named),
    )


def _words(text: str) -> Q:
    """Rows that the words of their own language answer. A text without a word to search by finds nothing; no text finds everything."""
    if not text:
        return Q()
    asked = {language: query(text[:LONGEST], language, wide=True, prefix=True) for language in LANGUAGES}
    told = [pair for pair in asked.items() if pair[1]]
    if not told:
        return Q(pk=None)
    where = " OR ".join("(language = %s AND vector @@ %s::tsquery)" for _ in told)
    return Q(RawSQL(f"({where})", [value for pair in told for value in pair], output_field=BooleanField()))  # noqa: S611 - placeholders only


def _condition(asked: Asked) -> Q:
    condition = Q()
    if asked.state == "open":
        condition &= ~Q(state=CaseState.CLOSED)
    elif asked.state in CaseState.values:
        condition &= Q(state=asked.state)
    if asked.class_code:
        condition &= Q(class_code=asked.class_code) | Q(class_code__startswith=f"{asked.class_code} ")
    return condition & (Q(unit_slug=asked.unit) if asked.unit else Q())


def _from_key(asked: Asked) -> Q:
    """Rows beyond the key of the address; a key that is none is as if not given."""
    told = asked.before or asked.after
    if not told.isdecimal() or len(told) > 18:  # noqa: PLR2004 - digits of a key
        return Q()
    return Q(case_id__gt=int(told)) if asked.before else Q(case_id__lt=int(told))


@dataclass(frozen=True)
class PublicCase:
    """All that the public page of a case shows."""

    case: FaceCase
    stages: Sequence[Node]
    began: Mapping[str, Any]
    documents: Sequence[FaceDocument]


def by_address(address: str) -> FaceCase | None:
    """The public row of an address: the identifier with hyphens for spaces, or as it was typed."""
    plain = address.replace("~", "/")
    candidates = {plain, plain.upper(), plain.replace("-", " ", 1), plain.replace("-", " ", 1).upper(), *identifiers_in(plain)}
    return FaceCase.objects.filter(identifier__in=candidates).first()


def whole(case: FaceCase) -> PublicCase:
    """Read what the page shows (three statements)."""
    stages = Node.objects.filter(revision_id=case.revision_id, kind=NodeKind.STAGE).order_by("order")
    began = dict(FaceStage.objects.filter(case_id=case.case_id).values_list("stage", "began_at"))
    return PublicCase(case, list(stages), began, list(FaceDocument.objects.filter(case_id=case.case_id)))
