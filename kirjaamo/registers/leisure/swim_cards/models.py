"""Special swimming cards as they are since 1 March 2024: the kind of proof shown, never a diagnosis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import no_overlap
from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.decisions.letters import instruction
from kirjaamo.kernel import fields
from kirjaamo.registers.leisure.swim_cards import rows, rules
from kirjaamo.registers.leisure.swim_cards.choices import Outcome, Proof
from kirjaamo.registers.leisure.swim_cards.rows import CardPrice, CardTerms, YearReport
from kirjaamo.ui import wording
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.language import format_day, pick
from kirjaamo.values.publicity import PersonalData, Publicity

__all__ = ["Application", "CardPrice", "CardTerms", "Outcome", "Proof", "SwimCard", "YearReport"]

SECRET = Publicity.SECRET
HEALTH = ("JulkL-24-1-25", "JulkL-24-1-32")
SPECIAL = PersonalData.SPECIAL


class Application(Record):
    """An application (hakemus): who, which proof was shown and who saw it, whether the residence was checked, how it ended."""

    label = _("Hakemus")
    plural = _("Hakemukset")
    list_columns = ("holder", "proof", "seen_on", "seen_by", "outcome", "decided_on")
    list_filters = ("outcome", "proof")
    edits = ("proof", "seen_on", "seen_by", "resident", "assistants")
    endings = (Ending("validity_end", "decided_on", Q(outcome=Outcome.REFUSED)),)
    holder = fields.Person(_("Hakija"), publicity=SECRET, grounds=HEALTH)
    proof = fields.Choice(_("Esitetty todiste"), Proof, blank=True, publicity=SECRET, grounds=HEALTH, personal=SPECIAL)
    seen_on = fields.Date(_("Todiste nähty"), publicity=SECRET, grounds=HEALTH)
    seen_by = fields.Text(_("Todisteen näki"), blank=True, publicity=SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS)
    resident = fields.Flag(_("Asuu kaupungissa"), default=False, publicity=SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS)
    assistants = fields.Number(_("Avustajien määrä"), default=0, publicity=SECRET, grounds=HEALTH, personal=SPECIAL)
    outcome = fields.Choice(_("Ratkaisu"), Outcome, default=Outcome.PENDING, publicity=SECRET, grounds=HEALTH, personal=SPECIAL)
    decided_on = fields.Date(_("Ratkaistu"), null=True, blank=True, publicity=SECRET, grounds=HEALTH)
    decided_by = fields.Text(_("Ratkaisija"), blank=True, publicity=SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS)
    terms = fields.Link(_("Sovelletut ehdot"), CardTerms, null=True, blank=True, related_name="+", publicity=SECRET, grounds=HEALTH)
    reason = fields.LongText(_("Perustelut"), blank=True, publicity=SECRET, grounds=HEALTH, personal=SPECIAL)

    class Meta:
        """Assistants as the kinds of card allow; a refusal has its reason and a decision its day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(assistants__gte=0, assistants__lte=rules.MOST_CARD_KIND),
                name="assistants_as_the_card_allows",
                violation_error_message=_("Avustajia voi olla 0, 1 tai 2, sillä korttilajit ovat 1, 2 ja 3."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""),
                name="a_refused_application_has_its_reason",
                violation_error_message=_("Kirjaa hylkäyksen perustelut (hallintolaki 45 §)."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending") | Q(decided_on__isnull=False),
                name="a_decided_card_application_has_its_day",
                violation_error_message=_("Ratkaistulla hakemuksella on ratkaisupäivä."),
            ),
        )

    def __str__(self) -> str:
        """The case's identifier: the holder is secret."""
        return str(self.case)

    def clean(self) -> None:
        """What a rule of the terms refuses of a plain edit, with its values and source; and a proof seen in the future."""
        if self.seen_on and self.seen_on > timezone.localdate():
            raise ValidationError({"seen_on": future(self.seen_on)})
        terms = rows.terms_on(self.seen_on) if self.seen_on and self.assistants > 0 else None
        problem = rules.assistants_problem(terms, self.assistants) if terms is not None else None
        if problem is not None:
            language = get_language() or "fi"
            raise ValidationError({"assistants": f"{problem.sentence.pick(language)} ({problem.source.pick(language)})"})

    def fixed(self) -> object:
        """What was decided on is not changed afterwards."""
        return "" if self.outcome == Outcome.PENDING else _("Hakemus on ratkaistu: sen tietoja ei enää muuteta.")

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the decision."""
        del type_code
        assert self.case is not None  # noqa: S101 - an application is a case
        language = self.case.language
        card, decided = self.cards.first(), self.decided_on or timezone.localdate()
        title, told = instruction("review-municipal", language, decided)
        terms = self.terms.as_rule() if self.terms else None
        return {
            "identifier": self.case.identifier,
            "authority": [pick(self.case.authority.name, language), pick(self.case.unit.title, language)],
            "holder": self.holder.name,
            "decider": self.decided_by,
            "granted": self.outcome == Outcome.GRANTED,
            "reason": self.reason,
            "number": card.number if card else "",
            "kind": card.kind if card else "",
            "years": terms.years if terms else "",
            "assistants": self.assistants,
            "decided": format_day(decided, language),
            "review": {"title": title, "rows": [list(row) for row in told]},
            "rules": f"{terms.source.pick(language)} ({terms.valid.format(language)})" if terms else "",
        }


def future(day: dt.date) -> str:
    """The sentence that refuses a proof seen in the future."""
    days = {"day": wording.day(day), "today": wording.day(timezone.localdate())}
    return gettext("Todisteen päivä on %(day)s, mutta tänään on %(today)s. Kirjaa päivä, jona todiste esitettiin.") % days


class SwimCard(Record):
    """A card (erityisuimakortti): one person, one period of a year from its sale. Until it is sold it waits at the cash desk."""

    label = _("Erityisuimakortti")
    plural = _("Erityisuimakortit")
    endings = (Ending("validity_end", "valid"),)
    number = fields.Text(_("Kortin numero"), max_length=20, unique=True, publicity=SECRET, grounds=HEALTH, personal=PersonalData.CONTAINS)
    holder = fields.Person(_("Kortin haltija"), publicity=SECRET, grounds=HEALTH)
    application = fields.Link(_("Hakemus"), Application, related_name="cards", publicity=SECRET, grounds=HEALTH)
    valid = fields.Period(_("Voimassa"), publicity=SECRET, grounds=HEALTH, personal=SPECIAL)
    assistants = fields.Number(_("Avustajien määrä"), default=0, publicity=SECRET, grounds=HEALTH, personal=SPECIAL)
    sold_on = fields.Date(_("Myyty"), null=True, blank=True, publicity=SECRET, grounds=HEALTH)
    paid = fields.Money(_("Maksettu"), null=True, blank=True, publicity=SECRET, grounds=HEALTH)
    tariff = fields.Link(_("Hinnaston rivi"), CardPrice, null=True, blank=True, related_name="+", publicity=SECRET, grounds=HEALTH)
    reckoning = rows.Reckoning(_("Hinnan laskelma"), default=dict, blank=True, publicity=SECRET, grounds=HEALTH)

    class Meta:
        """No two cards of one person overlap; a sold card has its price and is valid from its sale."""

        constraints = (
            no_overlap(
                "holder",
                "valid",
                name="one_valid_card_per_person",
                message=_("Henkilöllä on jo voimassa oleva kortti, ja kortteja on yksi kerrallaan. Avaa haltijan aiempi kortti."),
            ),
            models.CheckConstraint(
                condition=Q(sold_on=None) | Q(paid__isnull=False, tariff__isnull=False, valid__startswith=F("sold_on")),
                name="a_sold_card_has_its_price_and_is_valid_from_its_sale",
                violation_error_message=_("Myydyllä kortilla on hinta hinnaston riviltä, ja se on voimassa myyntipäivästä alkaen."),
            ),
        )

    def __str__(self) -> str:
        """The card's number."""
        return str(self.number)

    @property
    def kind(self) -> int:
        """Which of the cards of the cash desk it is: 1, 2 or 3 for no, one or two assistants."""
        return int(self.assistants) + 1

    def kept_calculations(self) -> Sequence[Calculation]:
        """How the price was made up, as it was when the card was sold."""
        return [Calculation.from_data(self.reckoning)] if self.reckoning else []
