"""What a worker's start page shows: contracts to confirm and what they lack, payments and claims that wait, notices, endings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, F, Func
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kirjaamo.contract.workbench import Due, Told, Workbench
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.choices import (
    ApprenticeshipState,
    DemonstrationResult,
    EndingCause,
    PaymentState,
)
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    BenefitClaim,
    CompensationPayment,
    EndingNotice,
    PlanPart,
    TrainingContact,
    TrainingRate,
)
from kirjaamo.registers.education.apprenticeships.rules.preconditions import problems
from kirjaamo.registers.education.apprenticeships.rules.problems import RuleError
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, ListRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.registers.education.apprenticeships.rules.rates import Rates

SLUG = "oppisopimuskoulutus"
SHOWN = 5
NEAR = dt.timedelta(days=60)
ONE_DAY = dt.timedelta(days=1)


def start(actor: Actor) -> Workbench:
    """What is due today, the most urgent first."""
    del actor
    today, rows = timezone.localdate(), reading.rate_rows()
    return Workbench(
        due=[
            Due(_("Yhteydenotot"), _contacts(), url=_all("laji=trainingcontact")),
            Due(_("Ilmoittamatta päättymisestä"), _notices(today), url=_all("laji=endingnotice")),
            Due(
                _("Odottaa vahvistamista"),
                _drafts(reading.rates(rows)),
                empty=_("Yksikään oppisopimus ei odota vahvistamista."),
                url=_all("state=draft"),
            ),
            Due(_("Etuushakemukset"), [_claim(row) for row in _waiting(BenefitClaim)], url=_all("laji=benefitclaim&state=draft")),
            Due(
                _("Korvausmaksut"),
                [_payment(row) for row in _waiting(CompensationPayment)],
                url=_all("laji=compensationpayment&state=draft"),
            ),
            Due(_("Opintojen jatko sopimatta"), _without_continuation(), url=_all("state=ended")),
            Due(_("Näyttö antamatta tai uusittavana"), _demonstrations(today), url=_all("laji=planpart")),
            Due(_("Määräaika on päättynyt tai päättyy 60 päivän kuluessa"), _ending(today), url=_all("state=in_force&sort=valid")),
        ],
        told=_told(rows),
    )


def _all(where: str) -> str:
    return f"{reverse('register', args=[SLUG])}?{where}#list"


def _contacts() -> list[ListRow]:
    """Contacts that nobody has answered yet, the oldest first."""
    rows = TrainingContact.objects.filter(answered_on=None, voided_at=None).select_related("asker").order_by("pk")[:SHOWN]
    return [_contact(row) for row in rows]


def _contact(row: TrainingContact) -> ListRow:
    meta = [row.asker.name, row.employer_name or row.get_role_display()]
    return ListRow(row.trade, row.get_absolute_url(), wording.moment(row.made_at), meta=meta)


def _notices(today: dt.date) -> list[ListRow]:
    rows = EndingNotice.objects.filter(sent_on=None, voided_at=None).select_related("apprenticeship").order_by("due_on", "pk")[:SHOWN]
    late = Badge(_("Myöhässä"), "warning")
    return [ListRow(str(row), row.get_absolute_url(), wording.day(row.due_on), badge=late if row.due_on < today else None) for row in rows]


def _drafts(rates: Rates) -> list[ListRow]:
    """Drafts by their first day, each with what it lacks."""
    rows = (
        Apprenticeship.objects.filter(state=ApprenticeshipState.DRAFT, voided_at=None)
        .select_related("student", "study_right", "arrangement__workplace", "arrangement__employer")
        .prefetch_related("arrangement__workplace__instructors")
        .annotate(first=Func(F("valid"), function="lower", output_field=DateField()))
        .order_by("first", "pk")[:SHOWN]
    )
    return [_draft(row, rates) for row in rows]


def _draft(row: Apprenticeship, rates: Rates) -> ListRow:
    language = get_language() or "fi"
    try:
        lacks = [one.sentence.pick(language) for one in problems(reading.draft_of(row), rates)]
    except RuleError as error:
        lacks = [error.problem.sentence.pick(language)]
    badge = (
        Badge(ngettext("%(count)d puute", "%(count)d puutetta", len(lacks)) % {"count": len(lacks)}, "warning")
        if lacks
        else Badge(_("Valmis vahvistettavaksi"), "success")
    )
    meta = [row.student.name, str(row.arrangement.employer), wording.day(row.valid.lower)]
    return ListRow(str(row), row.get_absolute_url(), lacks[0] if lacks else "", meta=meta, badge=badge)


def _waiting(model: type[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(state=PaymentState.DRAFT, voided_at=None)
    return rows.select_related("apprenticeship__student", "apprenticeship__arrangement__employer").order_by("pk")[:SHOWN]


def _claim(row: BenefitClaim) -> ListRow:
    return ListRow(str(row), row.get_absolute_url(), wording.euro(row.amount), meta=[row.apprenticeship.student.name])


def _payment(row: CompensationPayment) -> ListRow:
    return ListRow(str(row), row.get_absolute_url(), wording.euro(row.amount), meta=[str(row.apprenticeship.arrangement.employer)])


def _ending(today: dt.date) -> list[ListRow]:
    """Contracts in force whose last day is near, or over though nobody has recorded why they ended."""
    rows = (
        Apprenticeship.objects.filter(state=ApprenticeshipState.IN_FORCE, voided_at=None)
        .annotate(until=Func(F("valid"), function="upper", output_field=DateField()))
        .filter(until__lte=today + NEAR)
        .select_related("student", "study_right")
        .order_by("until", "pk")[:SHOWN]
    )
    late = Badge(_("Myöhässä"), "warning")
    return [_of_student(row, wording.day(row.valid.upper - ONE_DAY), late if row.valid.upper <= today else None) for row in rows]


def _of_student(row: Apprenticeship, text: str, badge: Badge | None = None) -> ListRow:
    return ListRow(str(row), row.get_absolute_url(), text, meta=[row.student.name, str(row.study_right)], badge=badge)


def _without_continuation() -> list[ListRow]:
    """Contracts that ended before their time, of students who study on, without a word on how."""
    rows = (
        Apprenticeship.objects.filter(state=ApprenticeshipState.ENDED, voided_at=None, continuation="", study_right__withdrawn_on=None)
        .exclude(cause=EndingCause.COMPLETED)
        .select_related("student", "study_right")
        .order_by("ended_on", "pk")[:SHOWN]
    )
    return [
        ListRow(str(row), row.get_absolute_url(), wording.day(row.ended_on), meta=[row.student.name, str(row.study_right)]) for row in rows
    ]


def _demonstrations(today: dt.date) -> list[ListRow]:
    """Parts of plans whose time is over and that were not shown to be learnt yet, of contracts in force."""
    rows = (
        PlanPart.objects.filter(voided_at=None, apprenticeship__state=ApprenticeshipState.IN_FORCE)
        .exclude(result=DemonstrationResult.PASSED)
        .annotate(until=Func(F("days"), function="upper", output_field=DateField()))
        .filter(until__lte=today)
        .select_related("apprenticeship__student")
        .order_by("until", "pk")[:SHOWN]
    )
    return [_part(row) for row in rows]


def _part(row: PlanPart) -> ListRow:
    meta = [row.apprenticeship.student.name, row.apprenticeship.number]
    again = Badge(row.get_result_display(), "warning") if row.result else None
    return ListRow(row.unit, row.get_absolute_url(), wording.day(row.days.upper - ONE_DAY), meta=meta, badge=again)


def _told(rows: Sequence[TrainingRate]) -> Sequence[Told]:
    """Dated rows that are missing or to be checked."""
    if not rows:
        link = reverse("register-act", args=[SLUG, "load_rates"])
        return [
            Told(
                _("Ilman mitoitustietoja sopimusta ei vahvisteta eikä mitään lasketa."),
                tone="warning",
                url=link,
                link=_("Lataa mitoitustiedot"),
            )
        ]
    unsure = [f"{row.get_figure_display()} ({row.source})" for row in rows if row.known != RowKnown.READ]
    if not unsure:
        return []
    link = f"{reverse('register', args=[SLUG])}?laji=trainingrate#list"
    return [Told(_("Tarkista nämä mitoitustiedot lähteestä."), items=unsure, url=link, link=_("Mitoitustiedot"))]
