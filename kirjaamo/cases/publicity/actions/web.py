"""What may be done to the publicity of documents in cases: let time open what it opens, confirm the end of a secrecy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.cases.actions.opening import index_again
from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, WebRule
from kirjaamo.cases.models.web import USUAL
from kirjaamo.documents import actions as documents
from kirjaamo.kernel.actions import action, because, running

if TYPE_CHECKING:
    from kirjaamo.cases.models import WebLevel
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Pack

OPENED = {"fi": "Asiakirja tuli julkiseksi", "sv": "Handlingen blev offentlig", "en": "The document became public"}
BY_TIME = "JulkL 621/1999 6–7 §, 31 §"


@action("Avaa se, minkä aika avaa", needs="documents.write")
def open_by_time(*, actor: Actor) -> int:
    """Open the documents that time has opened, and write it in the history of their cases; return how many there were."""
    because(BY_TIME)
    opened = documents.open_by_time(actor=actor)
    _record(opened, actor=actor)
    return len(opened)


@action("Vahvista salassapidon päättyminen", needs="documents.write")
def confirm_end(document: Document, *, reason: str, actor: Actor) -> None:
    """Confirm that the secrecy of a document has ended (JulkL 621/1999 § 31); its cases keep when and by whom."""
    because(reason)
    documents.confirm_end(document, actor=actor)
    if document.opened_at is not None:
        _record([document], actor=actor)


def _record(opened: Sequence[Document], *, actor: Actor) -> None:
    at = running().at
    for paper in _papers(opened):
        CaseEvent.of(
            case_id=paper.case_id,
            at=at,
            actor=actor.actor_ref,
            kind="document_opened",
            stage=paper.stage,
            node_key=paper.document.node_key,
            label=OPENED,
            document=paper.document,
        )


def _papers(opened: Sequence[Document]) -> Iterable[CaseDocument]:
    return CaseDocument.objects.filter(document__in=opened).select_related("document").order_by("pk")


@action("Lataa verkossa näyttämisen säännöt", needs="organisation.manage")
def load_web_rules(pack: Pack, *, actor: Actor) -> int:
    """Write the pack's rules of what stands on the open web; a rule that people have changed stays as it is. Return how many are new."""
    del actor
    known = set(WebRule.objects.values_list("class_code", flat=True))
    items = [item for item in pack.items("web_rule") if item.need("class_code") not in known]
    for item in items:
        facts = {"level": item.need("level"), "why": item.text("why"), "source": item.need("source")}
        WebRule.of(class_code=item.need("class_code"), **facts)
        _apply(item.need("class_code"))
    return len(items)


@action("Päätä, mitä verkossa näytetään", needs="tos.approve")
def set_web_rule(class_code: str, level: WebLevel, *, source: str, why: str, actor: Actor) -> WebRule:
    """Decide what the open web shows of the cases of a class and of what stands under it; what stood there by the old rule goes at once."""
    del actor
    because(why)
    rule = WebRule.objects.filter(class_code=class_code).first() or WebRule(class_code=class_code)
    rule.level, rule.source, rule.why = level, source, rule.why | {"fi": why}
    rule.save()
    _apply(class_code)
    return rule


def _apply(class_code: str) -> None:
    """Write on every case of the class the rule of its nearest class, and make its search rows anew."""
    rules = dict(WebRule.objects.values_list("class_code", "level"))
    below = Q(revision__code=class_code) | Q(revision__code__startswith=f"{class_code} ")
    for code in Case.objects.filter(below).values_list("revision__code", flat=True).distinct().order_by("revision__code"):
        cases = Case.objects.filter(revision__code=code).exclude(web=nearest(code, rules))
        changed = list(cases.values_list("pk", flat=True))
        cases.update(web=nearest(code, rules))
        index_again(Case.objects.filter(pk__in=changed).select_related("revision"))


def nearest(code: str, rules: Mapping[str, str]) -> str:
    """The level of the nearest class that has a rule."""
    parts = code.split()
    above = (" ".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((rules[one] for one in above if one in rules), USUAL.value)
