"""What is rare in a register, so that its pages can be looked at.

A sealed tender, what a party gets of a document that is secret in part, a confidential case that was opened in need, a minor with a
custodian, an estate, a person under non-disclosure.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions import NewCase, NewParty, PartyTold
from kirjaamo.cases.models import Case, PartyRole
from kirjaamo.cases.publicity import actions as publicity
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.letter import Letter, prose
from kirjaamo.documents.models import Document, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import Unit, User
from kirjaamo.subjects.actions import NewMandate, add_subject, change_subject, set_non_disclosure
from kirjaamo.subjects.models import MandateKind, Subject, SubjectKind
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node
from kirjaamo.values.openness import PartyException
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from collections.abc import Sequence

CLERK = Machine("demo")
KEY = uuid.UUID("a4c1d3f2-6c1b-4f0e-8f3b-7e5d9b1c2a44")
LAND, CITY, EDUCATION = "10 01 01 04", "kaupunkiympariston-toimiala", "kasvatuksen-ja-koulutuksen-toimiala"
NOTIFIER = "Ilmari Ilmoittaja"


def make() -> None:
    """Make each of them; the same each time. The accounts of the demo must be there."""
    people = {user.username: user for user in User.objects.filter(username__in=("henna", "kimmo", "heikki"))}
    _tender(people["henna"])
    _in_part(people["henna"])
    _confidential(people["kimmo"], people["heikki"])
    _represented(people["henna"])


def _open(code: str, unit: str, title: str, parties: Sequence[Subject], handler: User, *, secret: bool = False) -> Case:
    revision, place = in_force(code, timezone.localdate()), Unit.objects.select_related("authority__management_unit").get(slug=unit)
    told = NewCase(
        revision=revision,
        unit=place,
        management_unit=place.authority.management_unit,
        title=title,
        public_title="" if secret else title,
        publicity=Publicity.SECRET if secret else Publicity.PUBLIC,
        initiated_at=timezone.now() - dt.timedelta(days=4),
        parties=[NewParty(PartyRole.INITIATOR, one) for one in parties],
        stage=node(revision, NodeKind.STAGE, "initiation"),
        handler=handler,
    )
    return actions.open_case(told, actor=CLERK)


def _pdf(title: str, text: str) -> Upload:
    return Upload("asiakirja.pdf", Letter("fi", timezone.now(), title, "", [prose(text)]).pdf(), "application/pdf")


def _paper(case: Case, title: str, text: str, handler: User, *, ground: str = "", opens_at: dt.datetime | None = None) -> Document:
    publicity_, grounds = (Publicity.PARTLY_SECRET, (ground,)) if ground else (Publicity.PUBLIC, ())
    metadata = Metadata(publicity_, grounds, "contains", source="decision", reason="Esimerkki")
    draft = Draft(title, "other", metadata, uploads=[_pdf(title, text)], opens_at=opens_at)
    incoming = actions.Incoming(Way.POST, "Esimerkkilähettäjä", timezone.now() - dt.timedelta(days=1))
    key = uuid.uuid5(KEY, f"{case.identifier}{title}")
    return actions.add_document(case, draft, incoming=incoming, actor=handler, key=key)[0]


def _tender(handler: User) -> None:
    """Nobody opens the tender before its time; of the other one the time is still to be set."""
    firm = add_subject("Toritekniikka Oy", actor=CLERK, kind=SubjectKind.ORGANISATION)
    case = _open(LAND, CITY, "Torikalusteiden tarjouskilpailu", [firm], handler)
    opens_at = timezone.now() + dt.timedelta(days=5)
    _paper(case, "Tarjous torikalusteista", "Hinnat ovat liitteessä.", handler, opens_at=opens_at)
    _paper(case, "Tarjouspyynnön lisätieto", "Kalusteet toimitetaan keväällä.", handler)


def _in_part(handler: User) -> None:
    """Of one document the masked copy is there, the other waits for it."""
    party = add_subject("Onni Keksitty", actor=CLERK)
    case = _open(LAND, CITY, "Terassin sijoittaminen Esimerkkikadulle", [party], handler)
    for title, masked in (("Tarkastuskertomus", True), ("Naapurin huomautus", False)):
        paper = _paper(case, title, f"Havainnon teki {NOTIFIER}.", handler, ground="JulkL-24-1-25")
        publicity.withhold(case, paper, [PartyException.CONTACTS], reason="Ilmoittajan suoja", actor=handler)
        if masked:
            copy = publicity.Masked(f"{title}, peitetty", _pdf(title, "Havainnon teki ▮▮▮▮."), [NOTIFIER], for_all=True, reason="Suoja")
            publicity.add_masked_copy(case, paper, copy, actor=handler, key=uuid.uuid5(KEY, "masked"))


def _confidential(handler: User, other: User) -> None:
    """A case of a class that only those tied to it read; one who is not has opened it, and the review waits."""
    case = _open("05 02 08", EDUCATION, "Elatusapu", [add_subject("Helmi Tarunen", actor=CLERK)], handler, secret=True)
    actions.break_glass(actions.Plea(case, "Kiireellinen yhteydenotto, käsittelijä ei ole tavoitettavissa."), actor=other)


def _represented(handler: User) -> None:
    """A minor with a custodian, an estate with its administrator, and a person whose contacts nobody sees without a purpose."""
    today = timezone.localdate()
    child = add_subject("Lyyli Satunen", actor=CLERK, birth_date=today - dt.timedelta(days=365 * 9))
    gone = add_subject("Toivo Harjoitus", actor=CLERK, death_date=today - dt.timedelta(days=40))
    estate = add_subject("Toivo Harjoituksen kuolinpesä", actor=CLERK, kind=SubjectKind.ESTATE, deceased=gone)
    for principal, kind, role, name in (
        (child, MandateKind.CUSTODIAN, PartyRole.GUARDIAN, "Saimi Satunen"),
        (estate, MandateKind.ADMINISTRATOR, PartyRole.REPRESENTATIVE, "Reino Selvittäjä"),
    ):
        case = _open(LAND, CITY, "Lupa käyttää puistoa juhliin", [principal], handler)
        mandate = NewMandate(kind, "Kaikki asiat", today - dt.timedelta(days=30), "Väestötietojärjestelmä")
        key = uuid.uuid5(KEY, name)
        actions.add_party(case, PartyTold(name, role), actor=handler, key=key, principal=principal, mandate=mandate)
    hidden = add_subject("Impi Tarunen", actor=CLERK)
    change_subject(hidden, address="Salaisenkuja 7", telephone="040 000 0000", municipality="Kätkölä", actor=CLERK)
    case = _open(LAND, CITY, "Katusoittopaikan varaaminen", [hidden], handler)
    _paper(case, "Hakemus soittopaikasta", "Lähettäkää vastaus osoitteeseen Salaisenkuja 7.", handler)
    set_non_disclosure(hidden, on=True, reason="Väestötietojärjestelmä", actor=CLERK)
