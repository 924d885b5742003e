"""Acts on the publicity of one document in its case: it was opened or signed, it waits for its time, its harm was weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.steps import record
from kirjaamo.cases.models import HarmJudgement
from kirjaamo.cases.publicity.events import awaits_event, may_be_sealed, needs_judgement
from kirjaamo.documents import actions as documents
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.openness import Harm

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

PUBLIC_NOW = {"fi": "Asiakirja tuli julkiseksi", "sv": "Handlingen blev offentlig", "en": "The document became public"}
SEALED = {"fi": "Asiakirjan avaamisaika asetettiin", "sv": "Tidpunkten för öppnandet bestämdes", "en": "A time of opening was set"}
JUDGED = {"fi": "Antamisen haitta arvioitiin", "sv": "Skadan av ett utlämnande bedömdes", "en": "Harm of giving was weighed"}


@action("Kirjaa asiakirjan julkiseksi tulo", needs="documents.write")
def record_event(case: Case, document: Document, *, actor: Actor) -> None:
    """Record that the event has happened which makes the document public: opened, signed, checked, ready, contract made.

    Done twice it changes nothing: the first moment stays.
    """
    document.refresh_from_db(from_queryset=type(document).objects.select_for_update())
    start = awaits_event(document, running().at)
    if start is None:
        return
    because(start.law)
    documents.make_public(document, at=running().at, actor=actor)
    record(case, actor=actor, kind="document_public", label=PUBLIC_NOW, document=document, note=start.label.fi)


@action("Aseta avaamisaika", needs="documents.write")
def seal_until(case: Case, document: Document, opens_at: dt.datetime, *, reason: str, actor: Actor) -> None:
    """Let an arrived document become public only when it has been opened at a set time (JulkL 621/1999 § 7.1)."""
    if opens_at <= running().at:
        raise Refused(_("Avaamisajan on oltava tulevaisuudessa."), code="cases.opening_past", field="on")
    document.refresh_from_db(from_queryset=type(document).objects.select_for_update())
    if not may_be_sealed(document, running().at):
        sentence = _("Avaamisaika asetetaan vain saapuneelle asiakirjalle, jota ei ole vielä avattu.")
        raise Refused(sentence, code="cases.opened_already", section="JulkL 621/1999 7 §")
    documents.seal_until(document, opens_at, reason=reason, actor=actor)
    record(case, actor=actor, kind="document_sealed", label=SEALED, document=document, note=reason)


@action("Arvioi antamisen haitta", needs="documents.write")
def judge(case: Case, document: Document, harm: Harm, *, requester: str, reason: str, actor: Actor) -> HarmJudgement:
    """Weigh whether giving the document harms what its ground protects, for who asks; the newest judgement holds from now on."""
    if not needs_judgement(document):
        sentence = _("Asiakirjan salassapitoperusteessa ei ole vahinkoedellytystä: haittaa ei arvioida.")
        raise Refused(sentence, code="cases.no_harm_test", section="JulkL 621/1999 24 §")
    documents.judge_harm(document, harm, reason=reason, actor=actor)
    row = HarmJudgement.of(
        case=case, document=document, harm=harm.value, requester=requester, reason=reason, by=actor.actor_ref, at=running().at
    )
    record(case, actor=actor, kind="harm_judged", label=JUDGED, document=document, note=harm.label.fi)
    return row
