"""What each of the three registers has in tables of its own: client, contact, relation, statement, entry, disclosure, use.

The tables are never shared and never joined: a client relation to a school social worker says nothing of one to a psychologist
(1287/2013 § 20–22). What is written here is their shape.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.confidential.sealed import SealedText
from kirjaamo.registers.education.student_welfare.choices import (
    Channel,
    ClientState,
    ClosingReason,
    ContactBy,
    GivenBy,
    Level,
    NoteKind,
    Profession,
    Purpose,
    Recipient,
    StatementKind,
)
from kirjaamo.registers.education.student_welfare.columns import EntryKeys, Steps
from kirjaamo.ui import wording
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    import datetime as dt

SECRET = Publicity.SECRET
GROUNDS = ("1287-2013-22", "JulkL-24-1-25", "JulkL-24-1-30")
CARE = "703-2023-4-1"
"""Client data of social and health care is secret for good, also when the grounds above have run out."""
SPECIAL = PersonalData.SPECIAL


Model = TypeVar("Model", bound=models.Model)


def care_data(model: type[Model]) -> type[Model]:
    """Mark a kind of record of a client or patient register of social or health care: its secrecy has no end (703/2023 § 4)."""
    for field in model._meta.local_fields:
        facts = getattr(field, "facts", None)
        if facts is not None and facts.grounds == GROUNDS:
            field.facts = replace(facts, grounds=(CARE, *GROUNDS))  # type: ignore[attr-defined]
    return model


def _text(label: object, **how: Any) -> Any:
    """A secret line of text of a client."""
    return fields.Text(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _choice(label: object, options: type[models.TextChoices], **how: Any) -> Any:
    return fields.Choice(label, options, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _date(label: object, **how: Any) -> Any:
    return fields.Date(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _moment(label: object, **how: Any) -> Any:
    return fields.Moment(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _flag(label: object, **how: Any) -> Any:
    return fields.Flag(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _number(label: object, **how: Any) -> Any:
    return fields.Number(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _person(label: object, **how: Any) -> Any:
    return fields.Person(label, related_name="+", publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


def _sealed(label: object, **how: Any) -> Any:
    return SealedText(label, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL, **how)


STUDENT = OwnColumn("student", _("Opiskelija"), lambda row: row.client.student.name)


def of_client(model: type[models.Model] | str, name: str) -> Any:
    """The link of a row to its client, in the register's own table."""
    return fields.Link(_("Asiakas"), model, related_name=name, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)


class ClientBase(Record):
    """A client (asiakas): the student, the guardians, the school, who handles the matter and how far it is."""

    label = _("Asiakas")
    plural = _("Asiakkaat")
    edits = ("school", "class_name", "level", "partners")
    endings = (Ending("death", "student__death_date"), Ending("customer_relation_end", "closed_on"))
    number = _text(_("Asiakastunnus"), max_length=20, unique=True)
    student = _person(_("Opiskelija"))
    guardian = _person(_("Huoltaja"), null=True, blank=True)
    second_guardian = _person(_("Toinen huoltaja"), null=True, blank=True)
    school = _text(_("Koulu"))
    class_name = _text(_("Luokka tai ryhmä"), max_length=40, blank=True)
    level = _choice(_("Koulutusmuoto"), Level)
    worker_name = _text(_("Työntekijä"), blank=True)
    partners = _text(_("Yhteistyötahot"), blank=True)
    state = _choice(_("Tilanne"), ClientState, default=ClientState.WAITING)
    opened_on = _date(_("Alkoi"))
    closed_on = _date(_("Päättyi"), null=True, blank=True)
    closing_reason = _choice(_("Päättymisen syy"), ClosingReason, blank=True)

    class Meta:
        """An ended relation has its day and its reason; those who wait are found without reading all the others."""

        abstract = True
        indexes = (models.Index(fields=("id",), condition=Q(state="waiting"), name="%(class)s_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_on__gte=F("opened_on")) & ~Q(closing_reason="")),
                name="an_ended_%(class)s_has_its_day_and_reason",
                violation_error_message=_("Päättyneellä asiakkuudella on päättymispäivä alkamisen jälkeen ja päättymisen syy."),
            ),
        )

    def __str__(self) -> str:
        """The number: the name is secret."""
        return str(self.number)


class ContactBase(Record):
    """A contact (yhteydenotto): when, by whom and how, whether it is urgent, and by when a talk must be possible (§ 15)."""

    label = _("Yhteydenotto")
    plural = _("Yhteydenotot")
    list_columns = (STUDENT, "due_on", "came_at", "made_by", "urgent", "appointment_on", "met_on")
    list_also = ("client__student",)
    came_at = _moment(_("Otettu yhteyttä"))
    made_by = _choice(_("Kuka otti yhteyttä"), ContactBy)
    channel = _choice(_("Tapa"), Channel)
    urgent = _flag(_("Kiireellinen"), default=False)
    guardian_told = _flag(_("Huoltajalle on kerrottu"), default=False)
    due_on = _date(_("Keskustelu viimeistään"))
    appointment_on = _date(_("Sovittu aika"), null=True, blank=True)
    met_on = _date(_("Keskustelu pidettiin"), null=True, blank=True)
    steps = Steps(_("Laskenta"), default=list, blank=True, publicity=SECRET, grounds=GROUNDS)

    class Meta:
        """The nearest day first."""

        abstract = True
        indexes = (models.Index(fields=("due_on",), condition=Q(met_on=None), name="%(class)s_due"),)

    def __str__(self) -> str:
        """When it came."""
        return wording.moment(timezone.localtime(self.came_at))

    @property
    def late(self) -> bool:
        """Whether the talk was held after the last day, or is not held and the day has passed."""
        return bool((self.met_on or timezone.localdate()) > self.due_on)


class RelationBase(Record):
    """A relation (asiakassuhde) of a worker to a client: from when, to when and why. Only it opens the narrative."""

    label = _("Asiakassuhde")
    plural = _("Asiakassuhteet")
    list_columns = (STUDENT, "member_name", "profession", "purpose", "valid_from", "valid_to")
    list_also = ("client__student",)
    worker = fields.Link(_("Työntekijä"), "organisation.User", related_name="+", null=True, blank=True, publicity=SECRET, grounds=GROUNDS)
    member_name = _text(_("Nimi"))
    profession = _choice(_("Ammatti"), Profession)
    purpose = _choice(_("Tarkoitus"), Purpose, default=Purpose.CARE)
    basis = _text(_("Peruste"), blank=True)
    valid_from = _date(_("Alkaa"))
    valid_to = _date(_("Päättyy"), null=True, blank=True)

    class Meta:
        """A relation runs forward; who reads for another purpose than the client's matter does it for a time and a reason."""

        abstract = True
        indexes = (models.Index(fields=("worker", "valid_to"), name="%(class)s_worker"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_%(class)s_runs_forward",
                violation_error_message=_("Asiakassuhde ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(purpose="care") | (~Q(basis="") & Q(valid_to__isnull=False)),
                name="a_%(class)s_for_another_purpose_has_reason_and_end",
                violation_error_message=_("Muuhun kuin asiakastyöhön annetulla lukuoikeudella on peruste ja päättymispäivä."),
            ),
        )

    def __str__(self) -> str:
        """The worker and the profession."""
        return f"{self.member_name}, {self.get_profession_display()}"


class StatementBase(Record):
    """A statement of will (tahdonilmaus): a consent, or a minor's bar on giving data to the guardian (§ 18)."""

    label = _("Tahdonilmaus")
    plural = _("Tahdonilmaukset")
    list_columns = (STUDENT, "kind", "given_by", "given_on", "scope", "withdrawn_on")
    list_also = ("client__student",)
    kind = _choice(_("Laji"), StatementKind)
    given_by = _choice(_("Antaja"), GivenBy)
    given_on = _date(_("Annettu"))
    scope = _text(_("Mitä tai ketä koskee"), blank=True)
    assessed_by = _text(_("Arvion tehnyt ammattihenkilö"), blank=True)
    assessment = _sealed(_("Ammattihenkilön arvio"), null=True, blank=True)
    withdrawn_on = _date(_("Peruttu"), null=True, blank=True)

    class Meta:
        """A bar is the student's own and has its assessment; a consent says what it covers."""

        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="guardian_bar") | (Q(given_by="student", assessment__isnull=False) & ~Q(assessed_by="")),
                name="a_bar_of_%(class)s_has_its_assessment",
                violation_error_message=_("Kieltoon kirjataan ammattihenkilön arvio (1287/2013 18 §)."),
            ),
            models.CheckConstraint(
                condition=Q(kind="guardian_bar") | ~Q(scope=""),
                name="a_consent_of_%(class)s_says_what_it_covers",
                violation_error_message=_("Kirjaa, ketä tai mitä suostumus koskee (1287/2013 19 §)."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="a_%(class)s_ends_after_it_is_given",
                violation_error_message=_("Peruutus ei voi olla ennen antamista."),
            ),
        )

    def __str__(self) -> str:
        """What it is."""
        return str(self.get_kind_display())

    def in_force(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.voided_at is None and self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


class NoteBase(Record):
    """An entry of the narrative (merkintä): day, author, profession, text. It is never changed; a correction is a new entry."""

    label = _("Merkintä")
    plural = _("Merkinnät")
    list_columns = (STUDENT, "written_on", "kind", "author", "profession")
    list_also = ("client__student",)
    written_on = _date(_("Päivä"))
    kind = _choice(_("Laji"), NoteKind)
    author = _text(_("Kirjannut"))
    profession = _choice(_("Ammatti"), Profession)
    body = _sealed(_("Teksti"))
    digest = _text(_("Tekstin tiiviste"), max_length=64)

    class Meta:
        """In the order of events."""

        abstract = True

    def __str__(self) -> str:
        """Day and kind; of the text nothing."""
        return f"{wording.day(self.written_on)}, {self.get_kind_display()}"


class DisclosureBase(Record):
    """A disclosure (luovutus): what was given to whom on which ground, what was left out and why. It is never changed."""

    label = _("Luovutus")
    plural = _("Luovutukset")
    list_columns = (STUDENT, "given_on", "recipient", "recipient_name", "given", "left_out", "request")
    list_also = ("client__student",)
    given_on = _date(_("Annettu"))
    recipient = _choice(_("Kenelle"), Recipient)
    recipient_name = _text(_("Saajan nimi"))
    what = _text(_("Mitä annettiin"))
    ground = _text(_("Peruste"))
    request = _text(_("Tietopyynnön asiatunnus"), max_length=60, blank=True)
    given = _number(_("Merkintöjä annettiin"))
    left_out = _number(_("Merkintöjä jätettiin pois"), default=0)
    reason = fields.LongText(_("Miksi pois jätettiin"), blank=True, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)
    official = _text(_("Antaja"))
    notes = EntryKeys(_("Annetut merkinnät"), default=list, blank=True, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)

    class Meta:
        """What is left out has its reason."""

        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(left_out=0) | ~Q(reason=""),
                name="what_%(class)s_leaves_out_has_its_reason",
                violation_error_message=_("Kirjaa, miksi osa tiedoista jätettiin antamatta (JulkL 621/1999 14 §)."),
            ),
        )

    def __str__(self) -> str:
        """Day and kind of recipient."""
        return f"{wording.day(self.given_on)}, {self.get_recipient_display()}"


class UseBase(Record):
    """A use (käyttö): who opened the narrative, when and why (703/2023 § 10). It is never changed."""

    label = _("Käyttö")
    plural = _("Käyttöloki")
    list_columns = (STUDENT, "used_at", "user_name", "purpose", "what")
    list_also = ("client__student",)
    used_at = _moment(_("Aika"))
    actor = _text(_("Tunnus"), max_length=60)
    user_name = _text(_("Käyttäjä"))
    purpose = _choice(_("Tarkoitus"), Purpose)
    what = _text(_("Mitä katsottiin"))

    class Meta:
        """Newest last."""

        abstract = True

    def __str__(self) -> str:
        """When."""
        return wording.moment(timezone.localtime(self.used_at))
