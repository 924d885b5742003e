"""What cases tell of the plan's use: the answer to `tos.usage`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseState
from kirjaamo.tos.models import RevisionState
from kirjaamo.tos.usage import ClassUse, Overridden, Quality, UsedCase

if TYPE_CHECKING:
    from django.db.models import QuerySet

CLOSED = Q(state=CaseState.CLOSED)


class CaseUsage:
    """Counts cases, their documents and the clocks of closed cases."""

    def of_class(self, function_class: int, *, removed: Collection[UUID]) -> ClassUse:
        """Count the use of a class in two statements, in three when nodes would be removed."""
        by_revision: dict[int, tuple[int, int]] = {}
        cases = Case.objects.filter(revision__function_class=function_class)
        for revision, open_, closed in (
            cases.order_by()
            .values("revision")
            .annotate(open=Count("pk", ~CLOSED), closed=Count("pk", CLOSED))
            .values_list("revision", "open", "closed")
        ):
            by_revision[revision] = (open_, closed)
        return ClassUse(
            open_cases=sum(open_ for open_, _closed in by_revision.values()),
            closed_cases=sum(closed for _open, closed in by_revision.values()),
            by_revision=by_revision,
            documents=self._documents(function_class),
            stuck_cases=self._stuck(cases, removed) if removed else 0,
        )

    def _documents(self, function_class: int) -> dict[UUID, tuple[int, int]]:
        rows = (
            CaseDocument.objects.filter(case__revision__function_class=function_class, document__node_key__isnull=False)
            .order_by()
            .values("document__node_key")
            .annotate(open=Count("pk", ~Q(case__state=CaseState.CLOSED)), closed=Count("pk", Q(case__state=CaseState.CLOSED)))
        )
        return {key: (row["open"], row["closed"]) for row in rows if (key := row["document__node_key"])}

    def _stuck(self, cases: QuerySet[Case], removed: Collection[UUID]) -> int:
        events = CaseEvent.objects.filter(case=OuterRef("pk"), node_key__in=removed)
        documents = CaseDocument.objects.filter(case=OuterRef("pk"), document__node_key__in=removed)
        return cases.exclude(CLOSED).filter(Exists(events) | Exists(documents)).count()

    def cases(self, function_class: int, *, closed: bool, limit: int) -> Sequence[UsedCase]:
        """The newest cases of a class."""
        chosen = Case.objects.filter(revision__function_class=function_class)
        chosen = chosen.filter(CLOSED) if closed else chosen.exclude(CLOSED)
        return [
            UsedCase(
                identifier=case.identifier,
                title=case.public_title,
                revision_id=case.revision_id,
                state=case.get_state_display(),
                closed=closed,
                since=timezone.localdate(case.initiated_at),
                url=_address(case.identifier),
            )
            for case in chosen.order_by("-pk")[:limit]
        ]

    def quality(self) -> Quality:
        """What use tells of the whole plan, in four statements."""
        documents = CaseDocument.objects.order_by()
        totals = documents.aggregate(all=Count("pk"), outside=Count("pk", Q(document__node_key=None)))
        retired = (
            Case.objects.exclude(CLOSED)
            .filter(revision__state=RevisionState.RETIRED)
            .order_by()
            .values("revision")
            .annotate(count=Count("pk"))
            .values_list("revision", "count")
        )
        return Quality(
            outside_plan=totals["outside"],
            documents=totals["all"],
            overrides=list(_overridden()),
            used_classes=frozenset(Case.objects.order_by().values_list(F("revision__function_class"), flat=True).distinct()),
            on_retired=list(retired),
        )


OVERRIDDEN = """
    SELECT d.node_key, count(*), count(*) FILTER (WHERE d.publicity <> n.publicity),
        count(*) FILTER (WHERE NOT (d.grounds @> n.grounds AND d.grounds <@ n.grounds)), count(*) FILTER (WHERE d.personal <> n.personal)
    FROM cases_casedocument p
    JOIN cases_case c ON c.id = p.case_id
    JOIN documents_document d ON d.id = p.document_id
    JOIN tos_node n ON n.revision_id = c.revision_id AND n.key = d.node_key
    WHERE n.publicity <> ''
    GROUP BY d.node_key
"""
RULES = ("publicity", "grounds", "personal")


def _overridden() -> Iterator[Overridden]:
    """By node and rule: how many documents have a value that is not that of the revision which their case follows."""
    with connection.cursor() as cursor:
        cursor.execute(OVERRIDDEN)
        for key, documents, *changed in cursor.fetchall():
            yield from (Overridden(key, rule, documents, count) for rule, count in zip(RULES, changed, strict=True) if count)


def _address(identifier: str) -> str:
    try:
        return reverse("case", args=[identifier])
    except NoReverseMatch:
        return ""
