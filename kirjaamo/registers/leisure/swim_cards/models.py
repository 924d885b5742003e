"""Special swimming cards as they are since 1 March 2024: the kind of proof shown, never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import no_overlap
from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.leisure.swim_cards import rules
from kirjaamo.values.language import format_day
from kirjaamo.values.publicity import PersonalData, Publicity

HEALTH = ("JulkL-24-1-25", "JulkL-24-1-32")


class Proof(models.TextChoices):
    """What entitles to the card; any of these, whatever the diagnosis."""

    PARKING_BADGE = "parking_badge", _("Vammaisen pysäköintitunnus")
    TRANSPORT_CARD = "transport_card", _("Kuljetuspalvelun taksikortti")
    VISUAL_CARD = "visual_card", _("Näkövammaiskortti")
    EU_CARD = "eu_card", _("EU:n vammaiskortti")


class Outcome(models.TextChoices):
    """How an application ended."""

    PENDING = "pending", _("Vireillä")
    GRANTED = "granted", _("Myönnetty")
    REFUSED = "refused", _("Hylätty")


class Application(Record):
    """An application (hakemus): who, which proof was shown, whether the residence was checked, how it ended."""

    label = _("Hakemus")
    plural = _("Hakemukset")
    list_columns = ("holder", "proof", "seen_on", "outcome")
    list_filters = ("outcome", "proof")
    edits = ("proof", "seen_on", "resident", "assistants")
    holder = fields.Person(_("Hakija"), publicity=Publicity.SECRET, grounds=HEALTH)
    proof = fields.Choice(
        _("Esitetty todiste"), Proof, blank=True, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL
    )
    seen_on = fields.Date(_("Todiste nähty"), publicity=Publicity.SECRET, grounds=HEALTH)
    resident = fields.Flag(_("Asuu kaupungissa"), default=False, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS)
    assistants = fields.Number(_("Avustajien määrä"), default=0, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL)
    outcome = fields.Choice(
        _("Ratkaisu"), Outcome, default=Outcome.PENDING, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL
    )
    reason = fields.LongText(_("Perustelut"), blank=True, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL)

    class Meta:
        """Assistants as the rules allow; a refusal has its reason."""

        constraints = (
            models.CheckConstraint(
                condition=Q(assistants__gte=0, assistants__lte=rules.MOST_ASSISTANTS),
                name="assistants_as_the_card_allows",
                violation_error_message=_("Kortilla voi olla enintään kaksi avustajaa."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""),
                name="a_refused_application_has_its_reason",
                violation_error_message=_("Kirjaa hylkäyksen perustelut (hallintolaki 45 §)."),
            ),
        )

    def __str__(self) -> str:
        """The case's identifier: the holder is secret."""
        return str(self.case)

    def fixed(self) -> object:
        """What was decided on is not changed afterwards."""
        return "" if self.outcome == Outcome.PENDING else _("Hakemus on ratkaistu: sen tietoja ei enää muuteta.")

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the decision."""
        del type_code
        assert self.case is not None  # noqa: S101 - an application is a case
        card = self.cards.first()
        return {
            "identifier": self.case.identifier,
            "holder": self.holder.name,
            "granted": self.outcome == Outcome.GRANTED,
            "reason": self.reason,
            "number": card.number if card else "",
            "first": format_day(card.valid.lower, self.case.language) if card else "",
            "last": format_day(rules.last_day(card.valid.lower), self.case.language) if card else "",
            "assistants": self.assistants,
            "rules": rules.rules_in_force(self.seen_on).source[self.case.language],
        }


class SwimCard(Record):
    """A card (erityisuimakortti): one person, one period of a year."""

    label = _("Erityisuimakortti")
    plural = _("Erityisuimakortit")
    endings = (Ending("validity_end", "valid"),)
    number = fields.Text(
        _("Kortin numero"), max_length=20, unique=True, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS
    )
    holder = fields.Person(_("Kortin haltija"), publicity=Publicity.SECRET, grounds=HEALTH)
    application = fields.Link(_("Hakemus"), Application, related_name="cards", publicity=Publicity.SECRET, grounds=HEALTH)
    valid = fields.Period(_("Voimassa"), publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL)
    assistants = fields.Number(_("Avustajien määrä"), default=0, publicity=Publicity.SECRET, grounds=HEALTH, personal=PersonalData.SPECIAL)

    class Meta:
        """No two cards of one person overlap."""

        constraints = (
            no_overlap("holder", "valid", name="one_valid_card_per_person", message=_("Henkilöllä on jo voimassa oleva kortti.")),
        )

    def __str__(self) -> str:
        """The card's number."""
        return str(self.number)
