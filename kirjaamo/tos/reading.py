"""Reading the plan: which revision of a class is in force on a day, and its nodes."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.models import ClassRevision, Node, NodeKind, RevisionState


def in_force(code: str, on: dt.date) -> ClassRevision:
    """The approved revision of the class that bears the code on a day; `Refused` when there is none."""
    found = (
        ClassRevision.objects.filter(code=code, state=RevisionState.APPROVED, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .order_by("-number")
        .first()
    )
    if found is None:
        sentence = _("Tehtäväluokalle %(code)s ei ole voimassa olevaa tiedonohjaussuunnitelmaa.") % {"code": code}
        raise Refused(sentence, code="tos.no_revision_in_force", section="TiHL 906/2019 § 26")
    return found


def node(revision: ClassRevision, kind: NodeKind, code: str) -> Node:
    """The node of a revision by its kind and code; a missing one is named in the error."""
    found = revision.nodes.filter(kind=kind, code=code).first()
    if found is None:
        sentence = _("Luokan %(class)s suunnitelmassa ei ole kohtaa %(code)s.") % {"class": revision.code, "code": code}
        raise Refused(sentence, code="tos.node_missing")
    return found
