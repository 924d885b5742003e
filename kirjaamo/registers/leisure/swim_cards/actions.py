"""The verbs of the register: apply, decide, sell or serve; the terms and prices of the pack, and the yearly report."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.contract.actions import action, change, create, void
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.leisure.swim_cards import report, rows, rules
from kirjaamo.registers.leisure.swim_cards.models import Application, CardPrice, CardTerms, Outcome, Proof, SwimCard, YearReport, future
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.values.money import Money
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

LOCAL = "swim-cards.toml"


@action(_("Kirjaa hakemus"), needs="write")
def apply(  # noqa: PLR0913 - these are its facts
    personal_id: Annotated[PersonalId, Ask(_("Hakijan henkilötunnus"))],
    name: Annotated[str, Ask(_("Hakijan nimi"))],
    proof: Annotated[
        Proof | None, Ask(_("Esitetty todiste"), hint=_("Kirjaa vain todisteen laji. Diagnoosia tai muuta terveystietoa ei kysytä."))
    ],
    seen_on: Annotated[dt.date, Ask(_("Todiste nähty"))],
    resident: Annotated[bool, Ask(_("Kotikunta on tarkistettu Helsingiksi"))],
    assistants: Annotated[int, Ask(_("Avustajien määrä"), least=0)] = 0,
    seen_by: Annotated[str, Ask(_("Todisteen näki"), hint=_("Tyhjä, jos näit todisteen itse."))] = "",
    *,
    actor: Actor,
    arrived_at: dt.datetime | None = None,
) -> Application:
    """Take an application as a case of its own, with the holder as its initiator. An identity code finds the known person.

    `arrived_at` is told when the application came before it is registered (a letter of yesterday).
    """
    if seen_on > timezone.localdate():
        raise BadInput(future(seen_on), code="swim_cards.future", field="seen_on")
    terms = _terms(seen_on)
    refuse(rules.assistants_problem(terms, assistants))
    holder = add_subject(name, actor=actor, personal_id=personal_id)
    witness = (seen_by.strip() or getattr(actor, "name", actor.actor_ref)) if proof else ""
    application = Application(
        case=_opened(holder, arrived_at or running().at, actor=actor),
        holder=holder,
        proof=proof or "",
        seen_on=seen_on,
        seen_by=witness,
        resident=resident,
        assistants=assistants,
    )
    return create(application, actor=actor)


def _opened(holder: Any, initiated_at: dt.datetime, *, actor: Actor) -> Case:
    place = home_of("erityisuimakortit", "card_decision")
    return cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title="Erityisuimakortin hakemus",
            public_title="Erityisuimakortin hakemus",
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=initiated_at,
            parties=[cases.NewParty(PartyRole.INITIATOR, holder)],
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
        ),
        actor=actor,
    )


def refuse(problem: rules.Problem | None) -> None:
    """Refuse with the sentence, its values and the dated row behind it, in the language of who acts."""
    if problem is not None:
        language = get_language() or "fi"
        source = problem.source.pick(language)
        raise Refused(problem.sentence.pick(language), code=f"swim_cards.{problem.code}", section=source, field=problem.field or None)


def _terms(day: dt.date) -> rules.CardTerms:
    """The terms of the day on which the proof was seen; a day for which none are known is refused, never guessed."""
    told = rows.all_terms()
    if not told:
        raise OutOfOrder(
            _("Kortin ehtoja ei ole kirjattu. Lataa ehdot ja hinnat rekisterin alkusivulta ensin."), code="swim_cards.no_terms"
        )
    found = rules.in_force(told, day)
    if found is None:
        days = ", ".join(one.valid.format(get_language() or "fi") for one in told)
        sentence = _("Päivälle %(day)s ei tunneta kortin ehtoja; tunnetut ehdot koskevat aikaa %(known)s. Pyydä uusi todiste.")
        values = {"day": wording.day(day), "known": days}
        source = told[0].source.pick(get_language() or "fi")
        raise Refused(sentence % values, code="swim_cards.terms_unknown", section=source, field="seen_on")
    return found


def _waits(application: Application) -> bool:
    return bool(application.outcome == Outcome.PENDING)


def _open_case(application: Application) -> bool:
    return application.case is not None and application.case.state != CaseState.CLOSED


def _to_hand_over(application: Application) -> bool:
    return bool(application.outcome == Outcome.GRANTED) and _open_case(application)


def _to_serve(application: Application) -> bool:
    return bool(application.outcome == Outcome.REFUSED) and _open_case(application)


@action(
    _("Päätä hakemus"),
    needs="decide",
    measure="decision",
    makes="card_decision",
    stage="decision",
    when=_waits,
    done=_("Hakemus ratkaistiin"),
)
def decide(application: Application, *, actor: Actor, on: dt.date | None = None) -> Application:
    """Decide by the terms of the day on which the proof was seen: grant a card that is sold at the cash desk, or refuse with the reason."""
    held = Application.objects.select_for_update(of=("self",)).select_related("case", "holder").get(pk=application.pk)
    if not _waits(held):
        values = {"outcome": held.get_outcome_display().lower(), "day": wording.day(held.decided_on)}
        raise OutOfOrder(_("Hakemus on jo ratkaistu: %(outcome)s %(day)s.") % values, code="swim_cards.already_decided")
    terms = _terms(held.seen_on)
    judgement = rules.judge(terms, proof=held.proof, resident=held.resident)
    language = held.case.language if held.case else "fi"
    held.outcome = Outcome.GRANTED if judgement.granted else Outcome.REFUSED
    held.reason = judgement.reason.pick(language) if judgement.reason else ""
    held.decided_on = on or timezone.localdate()
    held.decided_by = getattr(actor, "name", actor.actor_ref)
    held.terms_id = int(terms.key)
    ends = rules.last_day(held.decided_on, terms.years) if judgement.granted else held.decided_on
    held.retention_due = destruction_date(held, ends)
    held.version += 1
    held.save(update_fields=["outcome", "reason", "decided_on", "decided_by", "terms", "retention_due", "version", "changed_at"])
    if judgement.granted:
        _grant(held, terms, actor=actor)
    return held


def _grant(application: Application, terms: rules.CardTerms, *, actor: Actor) -> SwimCard:
    """Make the card, to be sold: until then it counts from the decision. The database refuses a second one that overlaps."""
    first = application.decided_on
    card = SwimCard(
        case=application.case,
        number=f"U-{application.pk:06}",
        holder=application.holder,
        application=application,
        valid=DateRange(first, rules.end_of_validity(first, terms.years)),
        assistants=application.assistants,
        retention_due=application.retention_due,
    )
    try:
        return create(card, actor=actor)
    except Refused as refusal:
        raise _second(card, terms) or refusal from refusal


def _second(card: SwimCard, terms: rules.CardTerms) -> Refused | None:
    """The refusal of a second card, with the first one and its last day; None when something else was refused."""
    other = SwimCard.objects.filter(holder=card.holder, valid__overlap=card.valid, voided_at=None).order_by("valid").first()
    if other is None:
        return None
    last = other.valid.upper - dt.timedelta(days=1)
    sentence = _("Hakijalla on jo voimassa oleva kortti %(number)s, viimeinen päivä %(last)s. Uuden voi myöntää %(next)s alkaen.")
    values = {"number": other.number, "last": wording.day(last), "next": wording.day(other.valid.upper)}
    return Refused(sentence % values, code="one_valid_card_per_person", section=terms.source.pick(get_language() or "fi"))


@action(_("Anna kortti ja päätä asia"), needs="write", when=_to_hand_over)
def hand_over(
    application: Application,
    new_chip: Annotated[bool, Ask(_("Annetaan uusi älykortti"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
    on: dt.date | None = None,
) -> Application:
    """Sell the card by the price of the day and give it: it is valid for the years of its terms from the sale, and the case is closed."""
    application = Application.objects.select_for_update(of=("self",)).select_related("case", "terms").get(pk=application.pk)
    if not _to_hand_over(application) or application.terms is None:
        raise OutOfOrder(_not_yet(application), code="swim_cards.not_decided")
    sold = on or timezone.localdate()
    price = rows.price_on(sold)
    if price is None:
        sentence = _("Kortin hintaa ei ole kirjattu päivälle %(day)s. Lisää hinta kortin hintoihin ensin.") % {"day": wording.day(sold)}
        raise OutOfOrder(sentence, code="swim_cards.no_price")
    worked, years = rules.price(price, new_chip=new_chip), application.terms.years
    assert isinstance(worked.result, Money)  # noqa: S101 - as the rule makes it
    card = application.cards.get(voided_at=None)
    due = destruction_date(application, rules.last_day(sold, years))
    values = {"valid": DateRange(sold, rules.end_of_validity(sold, years)), "sold_on": sold, "paid": worked.result.amount}
    values |= {"tariff_id": int(price.key), "reckoning": worked.as_data(), "retention_due": due}
    change(card, values, version=card.version, actor=actor)
    change(application, {"retention_due": due}, version=application.version, actor=actor)
    return _closed(application, Way.COUNTER, actor=actor)


@action(_("Anna hylkäävä päätös ja päätä asia"), needs="write", when=_to_serve)
def serve(application: Application, way: Annotated[Way, Ask(_("Tiedoksiantotapa"))], *, actor: Actor) -> Application:
    """Give the refusal with its review instruction to the applicant: the case is closed with its resolution and the way of service."""
    if not _to_serve(application):
        raise OutOfOrder(_not_yet(application), code="swim_cards.not_refused")
    return _closed(application, way, actor=actor)


def _not_yet(application: Application) -> str:
    """Which state the application is in, and what comes before it is handed over."""
    if _waits(application):
        return str(_("Hakemus on vireillä. Päätä hakemus ensin."))
    values = {"outcome": application.get_outcome_display().lower(), "case": str(application.case)}
    if not _open_case(application):
        return str(_("Hakemus on %(outcome)s ja asia %(case)s on jo päätetty.") % values)
    return str(_("Hakemus on %(outcome)s. Myönnetty kortti annetaan kassalta, ja hylkäävä päätös annetaan tiedoksi.") % values)


def _closed(application: Application, way: Way, *, actor: Actor) -> Application:
    assert application.case is not None  # noqa: S101 - an application is a case
    case = Case.objects.get(pk=application.case.pk)
    decided = case.events.filter(kind="decision").latest("at")
    cases.close(case, actor=actor, resolved_at=decided.at, service_way=way, stage=node(case.revision, NodeKind.STAGE, "service"))
    application.refresh_from_db()
    return application


# Dated rows and the yearly report -------------------------------------------------------------------------------------------


@action(_("Lataa ehdot ja hinnat"), needs="decide")
def load_terms(*, actor: Actor) -> CardTerms:
    """Add the terms and prices of the authority's data pack; a kind of row that the register has already is left as it is."""
    if CardTerms.objects.filter(voided_at=None).exists():
        raise OutOfOrder(_("Kortin ehdot on jo ladattu. Lisää uusi rivi, kun ehdot tai hinta muuttuvat."), code="swim_cards.terms_loaded")
    path = Path(settings.PACK) / LOCAL
    told = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not told.get("terms"):
        raise OutOfOrder(_("Viranomaisen tiedoissa ei ole kortin ehtoja. Lisää ehdot itse."), code="swim_cards.no_pack")
    if not CardPrice.objects.filter(voided_at=None).exists():
        for row in told.get("price", []):
            sums = {"card": Decimal(row["card"]), "chip": Decimal(row["chip"])}
            create(CardPrice(valid=_days(row), source=row["source"], known=row["known"], **sums), actor=actor)
    return [create(_terms_row(row), actor=actor) for row in told["terms"]][-1]


def _days(row: dict[str, Any]) -> DateRange:
    return DateRange(row["from"], row["to"] + dt.timedelta(days=1) if "to" in row else None)


def _terms_row(row: dict[str, Any]) -> CardTerms:
    enough = {code: code in row["proofs"] for code in Proof.values}
    told = {name: row.get(name, "") for name in ("source", "source_sv", "source_en", "known")}
    return CardTerms(valid=_days(row), years=row["years"], most_assistants=row["most_assistants"], **enough, **told)


@action(_("Laadi vuosiraportti"), needs="decide")
def make_report(year: Annotated[int, Ask(_("Vuosi"), least=2019)], *, actor: Actor) -> YearReport:
    """Count a year that has ended for the committee and keep the counts; one made anew takes the place of the earlier one."""
    today = timezone.localdate()
    if year >= today.year:
        sentence = _("Vuosi %(year)s ei ole päättynyt (tänään on %(today)s). Raportti laaditaan vuoden päätyttyä.")
        raise OutOfOrder(sentence % {"year": year, "today": wording.day(today)}, code="swim_cards.year_runs", field="year")
    for earlier in YearReport.objects.filter(year=year, voided_at=None):
        void(earlier, "Laadittu uudelleen", actor=actor)
    return create(YearReport(year=year, made_on=today, **report.of_year(year)), actor=actor)
