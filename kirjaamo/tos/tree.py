"""The tree of classes as pages read it: one statement for the classes, one for the drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from kirjaamo.tos.models import ClassRevision, Node, RevisionState
from kirjaamo.ui.languages import pick


@dataclass
class Branch:
    """A class in the tree with what stands below it."""

    pk: int
    function_class: int
    code: str
    title: Mapping[str, str]
    has_process: bool
    proposed: bool
    draft: tuple[int, str] | None = None
    """The draft's id and state."""
    children: list[Branch] = field(default_factory=list)
    open: bool = False
    hit: bool = False

    @property
    def slug(self) -> str:
        """The code as it stands in addresses."""
        return self.code.replace(" ", "-")

    def walk(self) -> Iterator[Branch]:
        """This class and all below."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(on: dt.date) -> list[Branch]:
    """The classes in force on a day, arranged; a class whose parent is not in force stands at the top (two statements)."""
    with_nodes = Exists(Node.objects.filter(revision=OuterRef("pk")))
    rows = (
        ClassRevision.objects.in_force(on)
        .order_by("code")
        .annotate(has_process=with_nodes)
        .values_list("pk", "function_class_id", "code", "title", "has_process", "proposed", "parent_id")
    )
    waiting: dict[int, tuple[int, str]] = {}
    for pk, function_class, state in ClassRevision.objects.filter(state__in=(RevisionState.DRAFT, RevisionState.IN_REVIEW)).values_list(
        "pk", "function_class_id", "state"
    ):
        waiting[function_class] = (pk, state)
    branches: dict[int, Branch] = {}
    parents: dict[int, int | None] = {}
    for pk, function_class, code, title, has_process, proposed, parent in rows:
        branches[function_class] = Branch(pk, function_class, code, title, has_process, proposed, waiting.get(function_class))
        parents[function_class] = parent
    tops: list[Branch] = []
    for key, branch in branches.items():
        above = parents[key]
        (branches[above].children if above in branches else tops).append(branch)
    return tops


def search(tops: Sequence[Branch], words: str) -> list[Branch]:
    """What is left of a tree when only classes remain whose code or title holds every word, with the classes above them."""
    wanted = words.casefold().split()
    joined = " ".join(wanted)

    def keep(branch: Branch) -> Branch | None:
        below = [kept for child in branch.children if (kept := keep(child))]
        title = " ".join(str(text) for text in branch.title.values()).casefold()
        hit = branch.code.startswith(joined) or all(word in title for word in wanted)
        if not hit and not below:
            return None
        return Branch(
            branch.pk,
            branch.function_class,
            branch.code,
            branch.title,
            branch.has_process,
            branch.proposed,
            branch.draft,
            below,
            bool(below),
            hit,
        )

    return [kept for branch in tops if (kept := keep(branch))]


def options(on: dt.date) -> list[tuple[str, str]]:
    """The classes in force as choices of a form: class id, and code with title."""
    rows: Any = ClassRevision.objects.in_force(on).order_by("code").values_list("function_class_id", "code", "title")
    return [(str(key), f"{code} {pick(title).text}") for key, code, title in rows]
