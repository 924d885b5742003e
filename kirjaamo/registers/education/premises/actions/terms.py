"""Dated rows: the terms of use."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.premises.checks import alone, clock_of, days_told
from kirjaamo.registers.education.premises.models import UseTerms

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

TERMS = Path(__file__).parents[1] / "data" / "terms.toml"
NOTICE = _("Varaus, muutos ja peruutus viimeistään näin monta päivää ennen")
CLOCK = _("Esimerkiksi 17 tai 17.30")


@action(_("Lisää käyttöehdot"), needs="decide")
def add_terms(  # noqa: PLR0913, PLR0917 - these are its facts
    source: Annotated[str, Ask(_("Päätös"), hint=_("Toimielin ja asiatunnus"))],
    first: Annotated[dt.date, Ask(_("Voimassa alkaen"))],
    weekday_opens: Annotated[str, Ask(_("Arkisin alkaen"), hint=CLOCK)],
    weekday_closes: Annotated[str, Ask(_("Arkisin päättyen"))],
    weekend_opens: Annotated[str, Ask(_("Viikonloppuisin ja pyhinä alkaen"), hint=CLOCK)],
    weekend_closes: Annotated[str, Ask(_("Viikonloppuisin ja pyhinä päättyen"))],
    notice_days: Annotated[int, Ask(_("Määräaika päivinä"), hint=NOTICE, least=0, most=366)],
    margin: Annotated[int, Ask(_("Valvojan aika ennen ja jälkeen, minuuttia"), least=0, most=120)],
    step: Annotated[int, Ask(_("Varausväli, minuuttia"), hint=_("5, 10, 15, 20, 30 tai 60"), least=5, most=60)],
    least_age: Annotated[int, Ask(_("Vastuuhenkilön ikä vähintään, vuotta"), least=0, most=99)],
    last: Annotated[dt.date | None, Ask(_("Voimassa viimeistään"))] = None,
    *,
    actor: Actor,
) -> UseTerms:
    """Take terms of use into use; those before them are ended first. Uses that are booked already stay as they were booked."""
    told = {
        "weekday_opens": weekday_opens,
        "weekday_closes": weekday_closes,
        "weekend_opens": weekend_opens,
        "weekend_closes": weekend_closes,
    }
    hours = {name: clock_of(text, name) for name, text in told.items()}
    counts = {"notice_days": notice_days, "margin": margin, "step": step, "least_age": least_age}
    return create(UseTerms(source=source, valid=alone(UseTerms, first, last), **hours, **counts), actor=actor)


@action(_("Päätä käyttöehtojen voimassaolo"), needs="decide")
def end_terms(terms: UseTerms, last: Annotated[dt.date, Ask(_("Viimeinen voimassaolopäivä"))], *, actor: Actor) -> UseTerms:
    """End terms on a day, so that the next ones may begin."""
    return change(terms, {"valid": days_told(terms.valid.lower, last)}, version=terms.version, actor=actor)


@action(_("Lataa ohjelman mukana tulevat käyttöehdot"), needs="decide")
def load_terms(*, actor: Actor) -> UseTerms:
    """Add the terms that come with the program, when the register has none of its own."""
    held = UseTerms.objects.filter(voided_at=None).order_by("valid").last()
    if held is not None:
        raise OutOfOrder(
            _("Käyttöehdot on jo lisätty: %(terms)s. Lisää uudet, kun ehdot muuttuvat.") % {"terms": held}, code="premises.terms_loaded"
        )
    return [create(_terms(row), actor=actor) for row in tomllib.loads(TERMS.read_text("utf-8"))["terms"]][-1]


def _terms(row: dict[str, Any]) -> UseTerms:
    hours = {
        f"{days}_{edge}": dt.time.fromisoformat(row[days][place])
        for days in ("weekday", "weekend")
        for place, edge in enumerate(("opens", "closes"))
    }
    plain = {name: row[name] for name in ("notice_days", "margin", "step", "least_age", "source")}
    return UseTerms(valid=days_told(row["from"], row.get("to")), **hours, **plain)
