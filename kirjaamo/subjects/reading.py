"""Finding parties: by beginnings of the words of a name in any order, by business id, by identity code; in pages by key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kirjaamo.subjects.models import Subject
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.text import sort_words

PAGE = 50
_KEY_DIGITS = 18


@dataclass(frozen=True)
class Listed:
    """A page of parties and the keys of the pages beside it; empty: none."""

    rows: Sequence[Subject]
    before: str = ""
    after: str = ""


def found_by(text: str) -> Q:
    """The condition of what was typed; nothing typed finds every party."""
    try:
        return Q(business_id=BusinessId.parse(text).code)
    except ValueProblem:
        words = sort_words(text)
    if not words:
        return Q(pk=None) if text.strip() else Q()
    return Q(name_sort__begins=words)


def held_by(text: str) -> Q:
    """The condition that every word typed stands somewhere in the name: what is tried where no word begins so. It reads all names."""
    return Q(*(("name_sort__contains", word) for word in sort_words(text)))


def list_parties(text: str, *, after: str = "", before: str = "") -> Listed:
    """A page of parties by name, the merged ones left out. Keys are the place in the order: `id` of the row at the edge.

    Names of which no word begins as typed (`mäki` for Niinimäki) are looked for when nothing else is found.
    """
    found = _listed(found_by(text), after=after, before=before)
    return found if found.rows or not sort_words(text) else _listed(held_by(text), after=after, before=before)


def _listed(condition: Q, *, after: str, before: str) -> Listed:
    rows = Subject.objects.filter(condition, merged_into=None).defer("personal_id_sealed")
    edge = _edge(after or before)
    forward = not before
    if edge is not None:
        rows = rows.filter(_beyond(edge, forward=forward))
    ordered = rows.order_by("name_sort", "id") if forward else rows.order_by("-name_sort", "-id")
    got = list(ordered[: PAGE + 1])
    more, shown = len(got) > PAGE, got[:PAGE]
    shown = shown if forward else shown[::-1]
    if not shown:
        return Listed(())
    first, last = str(shown[0].pk), str(shown[-1].pk)
    here_before, here_after = (edge is not None, more) if forward else (more, True)
    return Listed(shown, first if here_before else "", last if here_after else "")


def without_hidden(text: str, subjects: Iterable[Subject]) -> str:
    """A text without the contacts of people under non-disclosure: what was written before the mark hides them from then on too."""
    for subject in subjects:
        if subject.safety_non_disclosure:
            for name in Subject.CONTACTS:
                text = text.replace(stored, "") if (stored := getattr(subject, f"known_{name}")) else text
    return text


def _edge(key: str) -> Subject | None:
    if not key.isdecimal() or len(key) > _KEY_DIGITS:
        return None
    return Subject.objects.only("name_sort").filter(pk=int(key)).first()


def _beyond(edge: Subject, *, forward: bool) -> Q:
    side = "gt" if forward else "lt"
    return Q(**{f"name_sort__{side}": edge.name_sort}) | Q(**{"name_sort": edge.name_sort, f"pk__{side}": edge.pk})
