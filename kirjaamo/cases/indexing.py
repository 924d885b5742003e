"""How cases are found by words: one search row for people who work here, one for everyone.

The open row holds what stands in the public register and nothing else, so a word of a masked title finds nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from kirjaamo.cases.models import Case
from kirjaamo.cases.visibility import open_title
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import document_vector, query
from kirjaamo.ui.languages import LANGUAGES, pick

STAFF_SOURCE, PUBLIC_SOURCE = "cases", "cases_public"
CONFIDENTIAL = "cases.confidential"
"""What the row of a confidential case needs: no role gives it, so that only the list of cases, which knows ties, finds it."""
SOURCES = (STAFF_SOURCE, PUBLIC_SOURCE)
BATCH = 500
LONGEST = 200


def search_rows(case: Case) -> list[SearchRow]:
    """The two search rows of a case, in the language of the case."""
    name = pick(case.revision.title, case.language).text
    shown = open_title(case)
    vector = _vector(case, case.title, name)
    needs = CONFIDENTIAL if case.confidential else "cases.read"
    return [
        _row(case, case.title, name, source=STAFF_SOURCE, needs=needs, vector=vector),
        _row(case, shown, name, source=PUBLIC_SOURCE, open=True, vector=vector if shown == case.title else _vector(case, shown, name)),
    ]


def _vector(case: Case, title: str, class_title: str) -> str:
    return document_vector({"title": title, "class": class_title, "identifier": case.identifier}, case.language)


def _row(case: Case, title: str, class_title: str, **facts: object) -> SearchRow:
    return SearchRow(
        key=case.identifier,
        ref=case.pk,
        language=case.language,
        kind="case",
        title=title or class_title,
        text=class_title,
        facets={"class": case.revision.code, "year": str(timezone.localtime(case.initiated_at).year)},
        at=case.initiated_at,
        **facts,
    )


def batches() -> Iterator[Sequence[Case]]:
    """All cases in the order of their keys, a bounded number at a time."""
    last = 0
    while batch := list(Case.objects.filter(pk__gt=last).select_related("revision").order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def matches(text: str, *, public: bool) -> Q | None:
    """The condition that a case is found by words of any of the three languages; None when the text holds no word to search by."""
    asked = {language: query(text[:LONGEST], language, wide=True, prefix=True) for language in LANGUAGES}
    told = [(language, words) for language, words in asked.items() if words]
    if not told:
        return None
    where = " OR ".join("(language = %s AND vector @@ %s::tsquery)" for _ in told)
    values = [PUBLIC_SOURCE if public else STAFF_SOURCE, *(value for pair in told for value in pair)]
    return Q(identifier__in=RawSQL(f"SELECT key FROM kernel_searchrow WHERE source = %s AND ({where})", values))  # noqa: S608, S611 - the text holds placeholders only
