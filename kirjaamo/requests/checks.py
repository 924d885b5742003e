"""What an act on a request must meet. Each check reads only, and refuses with a sentence and the section of law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import CaseState, TaskState
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import Refused
from kirjaamo.requests.models import RefusalBasis
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.requests.letters import RefusalFacts
    from kirjaamo.requests.models import InformationRequest

SAFE_WAYS = frozenset({Way.SECURE_MAIL, Way.POST, Way.COUNTER})
"""How what is not wholly public may be given to someone who is known (TiHL 906/2019 § 14)."""


def may_give(request: InformationRequest, document: Document, way: Way, *, may_process: bool) -> None:
    """Refuse what the law forbids: secret content by an open address or to someone unknown, personal data without the right."""
    if not document.in_cases.filter(case=request.case).exists():
        raise Refused(_("Asiakirja ei kuulu tähän asiaan."), code="requests.not_of_case")
    if request.deliveries.filter(document=document).exists():
        raise Refused(_("Asiakirja on jo annettu."), code="requests.already_given")
    if document.publicity == Publicity.PUBLIC.value:
        if document.personal != "none" and way != Way.COUNTER and not may_process:
            sentence = _(
                "Kopion henkilörekisterin tiedoista saa antaa vain, jos saajalla on oikeus käsitellä niitä. Varmista oikeus ja merkitse se."
            )
            raise Refused(sentence, code="requests.may_process", section="JulkL 621/1999 16 § 3 mom.", field="may_process")
        return
    if way not in SAFE_WAYS:
        sentence = _("Osoitteen kautta voi antaa vain kokonaan julkisen asiakirjan. Anna tämä suojatusti, postitse tai asiointipisteessä.")
        raise Refused(sentence, code="requests.not_by_address", section="TiHL 906/2019 14 §", field="way")
    if Publicity(document.publicity).needs_ground and request.identified_at is None:
        sentence = _("Pyytäjää ei ole tunnistettu. Tunnista pyytäjä ennen kuin annat salassa pidettävää tietoa.")
        raise Refused(sentence, code="requests.not_identified", section="JulkL 621/1999 11–13 §", field="way")


def all_searched(request: InformationRequest) -> None:
    """Refuse while a search or a transfer of the request is undone: an answer rests on them."""
    waiting = request.case.tasks.exclude(state=TaskState.DONE).first()
    if waiting is not None:
        title = waiting.title.get("fi", "")
        sentence = _("Pyynnössä on vielä tekemätön tehtävä: %(task)s. Tee se tai kirjaa sen tulos ennen vastaamista.") % {"task": title}
        raise Refused(sentence, code="requests.searches_open")


def whole_refusal(request: InformationRequest, told: RefusalFacts) -> None:
    """Nothing of what the law asks may be missing; what does not exist is known only after the searches (JulkL 621/1999 § 14)."""
    needed = {"what": told.what, "reason": told.reason, "fee": told.fee, "party": told.party}
    needed |= {} if told.given or told.basis == RefusalBasis.NOT_FOUND else {"partial_reason": told.partial_reason}
    for name, text in needed.items():
        if not text.strip():
            raise Refused(
                _("Täytä tämä kohta: laki vaatii sen vastaukseen."),
                code="requests.refusal_content",
                section="JulkL 621/1999 14 §",
                field=name,
            )
    if told.basis == RefusalBasis.SECRET and not told.grounds:
        sentence = _("Valitse salassapitoperuste, johon kieltäytyminen perustuu.")
        raise Refused(sentence, code="requests.ground_missing", section="JulkL 621/1999 24 §", field="ground_1")
    if told.basis == RefusalBasis.NOT_FOUND:
        all_searched(request)


def still_open(request: InformationRequest) -> None:
    """Refuse an act on a request whose case has ended."""
    if request.case.state == CaseState.CLOSED:
        raise Refused(_("Pyynnön käsittely on päättynyt."), code="requests.closed")
