"""Reading holds: which cases they cover, which hold a case, and lists of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from kirjaamo.cases.models import Case
from kirjaamo.cases.visibility import documents_visible_to, visible_to
from kirjaamo.documents.models import Document
from kirjaamo.retention.models import Hold
from kirjaamo.tos.models import ClassRevision, FunctionClass
from kirjaamo.tos.models.classes import FIXED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

PAGE = 50


def cases_under(hold: Hold) -> QuerySet[Case]:
    """The cases whose clocks a hold reaches: those of its class and below it, those it names, and those of the documents it names."""
    if hold.function_class_id is None:
        items = hold.items.all()
        named = Q(pk__in=items.exclude(case=None).values("case"))
        return Case.objects.filter(named | Q(case_documents__document__in=items.exclude(document=None).values("document"))).distinct()
    return Case.objects.filter(of_class(hold.function_class_id))


def of_class(function_class: int) -> Q:
    """The condition on cases of a class and everything below it, by all codes that the class has borne."""
    codes = (
        ClassRevision.objects.filter(function_class=function_class, state__in=FIXED).order_by().values_list("code", flat=True).distinct()
    )
    found = Q(revision__function_class=function_class)
    for code in codes:
        found |= Q(revision__code__startswith=f"{code} ")
    return found


def class_of_code(code: str) -> FunctionClass | None:
    """The class that bears a code today (one statement)."""
    found = (
        ClassRevision.objects.in_force(timezone.localdate()).filter(code=" ".join(code.split())).select_related("function_class").first()
    )
    return found.function_class if found else None


def named(identifiers: Collection[str], actor: Actor) -> tuple[dict[str, Case], dict[str, Document]]:
    """The cases and the documents of identifiers that the actor may see, by identifier (two statements)."""
    now = timezone.now()
    cases = Case.objects.filter(visible_to(actor, now), identifier__in=identifiers)
    documents = Document.objects.filter(documents_visible_to(actor, now), identifier__in=identifiers)
    return {case.identifier: case for case in cases}, {document.identifier: document for document in documents}


def on_case(case: Case, documents: Collection[int]) -> Sequence[Hold]:
    """The holds in force that cover a case or some of its documents (one statement), the newest first."""
    code = case.revision.code
    above = [code[:end] for end in range(2, len(code), 3)]
    classes = ClassRevision.objects.filter(Q(code__in=above) | Q(function_class=case.revision.function_class_id), state__in=FIXED)
    covered = Q(items__case=case) | Q(items__document__in=documents) | Q(function_class__in=classes.values("function_class"))
    return list(Hold.objects.filter(covered, lifted_at=None).distinct().order_by("-id"))


def listed(*, lifted: bool, after: str = "") -> tuple[Sequence[Hold], str]:
    """A page of holds in force or of lifted ones, and the key after which the next page begins; a fixed number of statements."""
    found = Hold.objects.filter(lifted_at__isnull=not lifted).order_by("-id")
    if after.isdecimal() and len(after) < 19:  # noqa: PLR2004 - digits of a key
        found = found.filter(pk__lt=int(after))
    rows = list(found.prefetch_related("items__case", "items__document")[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
