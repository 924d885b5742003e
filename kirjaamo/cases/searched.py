"""How cases are found by the one search: people who work here find what they may open, everyone else the public rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.indexing import PUBLIC_SOURCE, STAFF_SOURCE
from kirjaamo.cases.models import Case, CaseDocument, CaseParty, address_of
from kirjaamo.cases.visibility import READ, visible_to
from kirjaamo.documents.actions.indexing import SOURCE as DOCUMENTS
from kirjaamo.subjects.indexing import SOURCE as PARTIES

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

KINDS: Mapping[str, object] = {"case": _("Asiat")}


class Cases:
    """Cases by their full titles, for those whose work it is."""

    source = STAFF_SOURCE
    kinds = KINDS
    translated = False
    everyones = False
    of_people = False

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the cases."""
        return {key: reverse("case", args=[address_of(key)]) for key in keys}

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """The cases whose pages the actor may open."""
        if not actor.may(READ):
            return None
        condition = visible_to(actor, at)
        return Q(Exists(Case.objects.filter(condition, pk=OuterRef("ref")))) if condition else Q()


class PublicCases:
    """Rows of the public case register, by what everyone may read of them."""

    source = PUBLIC_SOURCE
    kinds = KINDS
    translated = False
    everyones = True
    of_people = False

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The rows of the public register."""
        return {key: reverse("public_case", args=[address_of(key)]) for key in keys}

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """Everyone who does not find the cases themselves."""
        del at
        return None if actor.may(READ) else Q(open=True)


def _within(links: QuerySet[Any], actor: Actor, at: dt.datetime) -> Q:
    """Rows that stand in a case which the actor may open; asked row by row, since few of the rows answer the words."""
    condition = visible_to(actor, at)
    return Q(Exists(links.filter(case__in=Case.objects.filter(condition)) if condition else links))


class Papers:
    """Documents of the cases that the actor may open, by their titles and, where it is no secret, their text."""

    source = DOCUMENTS
    kinds: Mapping[str, object] = {"document": _("Asiakirjat")}
    translated = False
    everyones = False
    of_people = False

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """Documents in such cases; one that is in no case yet is found by nobody."""
        if not actor.may(READ):
            return None
        return _within(CaseDocument.objects.filter(document_id=OuterRef("ref")), actor, at)

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The case that holds the document, at its documents."""
        rows = CaseDocument.objects.filter(document_id__in=keys).order_by("-id").values_list("document_id", "case__identifier")
        return {str(key): f"{reverse('case', args=[address_of(identifier)])}#asiakirjat" for key, identifier in rows}


class People:
    """Parties by name, of the cases that the actor may open."""

    source = PARTIES
    kinds: Mapping[str, object] = {"party": _("Osapuolet")}
    translated = False
    everyones = False
    of_people = True

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """People and organisations in such cases; who is in none is found by nobody."""
        if not actor.may(READ):
            return None
        return _within(CaseParty.objects.filter(subject_id=OuterRef("ref")), actor, at)

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The cases in which the party is."""
        return {key: reverse("party", args=[key]) for key in keys}
