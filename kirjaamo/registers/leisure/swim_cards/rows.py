"""The dated rows of the register: terms of the card and its price, each with its source; and the yearly reports, which are public."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.dated import RowKnown, one_at_a_time
from kirjaamo.registers.leisure.swim_cards import rules
from kirjaamo.registers.leisure.swim_cards.choices import Proof
from kirjaamo.ui import wording
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from decimal import Decimal

OPEN = Publicity.PUBLIC


class KeptPrice(dict[str, Any]):
    """How a price was made, as it was stored; in a list it reads as its title."""

    def __str__(self) -> str:
        """The title, in the reader's language."""
        return Calculation.from_data(self).title.pick(get_language() or "fi") if self else ""


class Reckoning(fields.Factual, models.JSONField):
    """A calculation, stored whole as `Calculation.as_data` writes it."""

    plain = "django.db.models.JSONField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give what was stored as a value that reads in a list."""
        found = super().from_db_value(value, expression, connection)
        return KeptPrice(found) if isinstance(found, dict) else found


class CardTerms(Record):
    """The terms of the card (kortin ehdot) of a time: which proofs are enough, for how many years, with how many assistants."""

    label = _("Kortin ehdot")
    plural = _("Kortin ehdot")
    open_data = True
    list_columns = ("valid", "years", "most_assistants", "source", "known")
    adds = edits = (
        "valid", "parking_badge", "transport_card", "visual_card", "eu_card", "other", "years", "most_assistants",
        "source", "source_sv", "source_en", "known",
    )  # fmt: skip
    writes = "registers.decide"
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    parking_badge = fields.Flag(_("Vammaisen pysäköintitunnus riittää"), default=False, publicity=OPEN)
    transport_card = fields.Flag(_("Kuljetuspalvelun taksikortti riittää"), default=False, publicity=OPEN)
    visual_card = fields.Flag(_("Näkövammaiskortti riittää"), default=False, publicity=OPEN)
    eu_card = fields.Flag(_("EU:n vammaiskortti riittää"), default=False, publicity=OPEN)
    other = fields.Flag(_("Muu selvitys riittää"), default=False, publicity=OPEN)
    years = fields.Number(_("Voimassa vuosia myynnistä"), default=1, publicity=OPEN)
    most_assistants = fields.Number(_("Avustajia enintään"), default=2, publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    source_sv = fields.Text(_("Lähde ruotsiksi"), blank=True, publicity=OPEN)
    source_en = fields.Text(_("Lähde englanniksi"), blank=True, publicity=OPEN)
    known = fields.Choice(_("Miten tiedetään"), RowKnown, publicity=OPEN)

    class Meta:
        """One set of terms at a time; a card is for some time and of a kind that is sold."""

        constraints = (
            one_at_a_time(
                "one_set_of_card_terms_at_a_time", _("Toiset ehdot ovat voimassa samaan aikaan. Päätä niiden voimassaolo ensin.")
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, most_assistants__gte=0, most_assistants__lte=rules.MOST_CARD_KIND),
                name="card_terms_are_of_a_card_that_is_sold",
                violation_error_message=_("Kortti on voimassa ainakin vuoden, ja avustajia on 0–2: korttilajit ovat 1, 2 ja 3."),
            ),
        )

    def __str__(self) -> str:
        """Where they were decided."""
        return self.as_source().pick(get_language() or "fi")

    def as_source(self) -> Text3:
        """The source in three languages."""
        return Text3(self.source, self.source_sv, self.source_en)

    def as_rule(self) -> rules.CardTerms:
        """The row as the rules take it."""
        proofs = frozenset(code for code in Proof.values if getattr(self, code))
        period = Period(self.valid.lower, self.valid.upper)
        return rules.CardTerms(str(self.pk), period, proofs, self.years, self.most_assistants, self.as_source())


class CardPrice(Record):
    """The price of the card (kortin hinta) of a time, with its source."""

    label = _("Kortin hinta")
    plural = _("Kortin hinnat")
    open_data = True
    list_columns = ("valid", "card", "chip", "source", "known")
    adds = edits = ("valid", "card", "chip", "source", "known")
    writes = "registers.decide"
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    card = fields.Money(_("Uimakortti"), publicity=OPEN)
    chip = fields.Money(_("Uusi älykortti"), publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Miten tiedetään"), RowKnown, publicity=OPEN)

    class Meta:
        """One price at a time, and none below zero."""

        constraints = (
            one_at_a_time("one_card_price_at_a_time", _("Toinen hinta on voimassa samaan aikaan. Päätä sen voimassaolo ensin.")),
            models.CheckConstraint(
                condition=Q(card__gte=0, chip__gte=0),
                name="a_card_price_is_not_negative",
                violation_error_message=_("Hinta ei voi olla negatiivinen."),
            ),
        )

    def __str__(self) -> str:
        """How much and since when."""
        return f"{wording.euro(self.card)} + {wording.euro(self.chip)} ({self.source})"

    def as_rule(self) -> rules.CardPrice:
        """The row as the rules take it."""
        card: Decimal = self.card
        return rules.CardPrice(str(self.pk), Period(self.valid.lower, self.valid.upper), card, self.chip, self.source)


class YearReport(Record):
    """A yearly report to the committee (vuosiraportti): counts of a year that has ended, as they were when it was made. Public."""

    label = _("Vuosiraportti")
    plural = _("Vuosiraportit")
    open_data = True
    list_columns = ("year", "made_on", "applied", "granted", "refused", "sold", "with_assistant", "paid")
    year = fields.Number(_("Vuosi"), publicity=OPEN)
    made_on = fields.Date(_("Laadittu"), publicity=OPEN)
    applied = fields.Number(_("Hakemuksia"), publicity=OPEN)
    granted = fields.Number(_("Myönnettyjä"), publicity=OPEN)
    refused = fields.Number(_("Hylättyjä"), publicity=OPEN)
    sold = fields.Number(_("Myytyjä kortteja"), publicity=OPEN)
    with_assistant = fields.Number(_("Myytyjä avustajan kanssa"), publicity=OPEN)
    paid = fields.Money(_("Maksettu yhteensä"), publicity=OPEN)
    parking_badge = fields.Number(_("Myönnetty pysäköintitunnuksella"), publicity=OPEN)
    transport_card = fields.Number(_("Myönnetty taksikortilla"), publicity=OPEN)
    visual_card = fields.Number(_("Myönnetty näkövammaiskortilla"), publicity=OPEN)
    eu_card = fields.Number(_("Myönnetty EU:n vammaiskortilla"), publicity=OPEN)
    other = fields.Number(_("Myönnetty muulla selvityksellä"), publicity=OPEN)

    class Meta:
        """One report of a year."""

        constraints = (
            models.UniqueConstraint(
                fields=("year",),
                condition=Q(voided_at=None),
                name="one_card_report_of_a_year",
                violation_error_message=_("Vuodesta on jo raportti. Mitätöi se, jos se on virheellinen, ja laadi uusi."),
            ),
        )

    def __str__(self) -> str:
        """Of which year."""
        return str(self.year)


def all_terms() -> list[rules.CardTerms]:
    """The terms in their order, the oldest first (one statement)."""
    return [row.as_rule() for row in CardTerms.objects.filter(voided_at=None).order_by("valid")]


def terms_on(day: dt.date) -> rules.CardTerms | None:
    """The terms of a day; None when none are known for it."""
    return rules.in_force(all_terms(), day)


def price_on(day: dt.date) -> rules.CardPrice | None:
    """The price of a day; None when none is known for it."""
    return rules.in_force((row.as_rule() for row in CardPrice.objects.filter(voided_at=None)), day)
