"""Oppisopimuskoulutuksen tietojärjestelmä: two linked contracts, what must hold before them, what is paid, what ends with what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn
from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask
from kirjaamo.kernel.arriving import takes
from kirjaamo.registers.education.apprenticeships import actions, due
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    ArrangementAgreement,
    BenefitClaim,
    CompensationDecision,
    CompensationPayment,
    EndingNotice,
    PlanPart,
    StudyRight,
    Suspension,
    TrainingContact,
    TrainingDay,
    TrainingEmployer,
    TrainingRate,
    TrainingVisit,
    Workplace,
    WorkplaceInstructor,
)

TASKS = (
    CommonTask(
        _("Vahvista oppisopimus"),
        _(
            "1, j vie ensimmäiseen valmisteilla olevaan ja Enter avaa sen, 1 avaa vahvistuksen, Ctrl+Enter. "
            "Puutteet sanotaan kaikki kerralla."
        ),
        verb="confirm",
        where="state=draft",
    ),
    CommonTask(
        _("Valmistele oppisopimus"),
        _("2, valitse opiskeluoikeus näppäimillä j ja Enter, avaa Valmistele oppisopimus, sarkaimella kentästä toiseen, Ctrl+Enter."),
        verb="draft",
        where="laji=studyright",
    ),
    CommonTask(
        _("Laske kuukauden korvaukset"),
        _("3, kirjoita jokin kuukauden päivä, Ctrl+Enter. Maksut odottavat vahvistamista aloitussivulla."),
        verb="compute_month",
    ),
    CommonTask(
        _("Myönnä etuudet"),
        _("4, valitse hakemus näppäimillä j ja Enter, 1 avaa myöntämisen, Ctrl+Enter."),
        verb="decide_benefits",
        where="laji=benefitclaim&state=draft",
    ),
    CommonTask(
        _("Kirjaa päättymisen ilmoitus"),
        _("5, valitse ilmoitus näppäimillä j ja Enter, 1, kirjoita päivä, Ctrl+Enter."),
        verb="notify",
        where="laji=endingnotice",
    ),
)


takes("apprenticeships.contact", lambda told, at, actor: actions.make_contact(actions.contacted_of(told, at), actor=actor))


def _employer(row: Apprenticeship) -> str:
    return str(row.arrangement.employer)


register = declare(
    Register(
        slug=due.SLUG,
        title=_("Oppisopimuskoulutuksen tietojärjestelmä"),
        purpose=_("Oppisopimusten tekeminen ja seuranta sekä niihin liittyvät korvaukset ja etuudet"),
        model=Apprenticeship,
        others=[
            TrainingContact,
            ArrangementAgreement,
            TrainingEmployer,
            Workplace,
            WorkplaceInstructor,
            StudyRight,
            PlanPart,
            CompensationDecision,
            CompensationPayment,
            BenefitClaim,
            Suspension,
            TrainingDay,
            TrainingVisit,
            EndingNotice,
            TrainingRate,
        ],
        columns=["number", "student", OwnColumn("employer", _("Työnantaja"), _employer, open=True), "valid", "state"],
        filters=["state"],
        also=["arrangement__employer"],
        search_keys=[
            SearchKey("student", _("Oppisopimusopiskelijan tiedot"), _("Kuka on oppisopimusopiskelija?"), kind="person", secret=True),
            SearchKey(
                "training",
                _("Opiskelijan oppisopimuskoulutukseen liittyvät tiedot"),
                _("Mitä tutkintoa sopimus koskee?"),
                kind="text",
                path="study_right__qualification",
            ),
            SearchKey(
                "employer",
                _("Kouluttavien työnantajien tiedot"),
                _("Mikä työnantaja koulutti?"),
                kind="text",
                path="arrangement__employer__name",
            ),
            SearchKey(
                "institute",
                _("Yhteistyöoppilaitosten tiedot"),
                _("Mikä oppilaitos osallistui koulutukseen?"),
                kind="text",
                path="study_right__institute",
            ),
            SearchKey("number", _("Oppisopimuksen numero"), _("Mikä on oppisopimuksen numero, jos tiedät sen?")),
            SearchKey("day", _("Päivä, jona sopimus oli voimassa"), _("Minä päivänä sopimus oli voimassa?"), kind="period", path="valid"),
        ],
        person="student",
        retention_class="apprenticeship_contract",
        start=due.start,
        tasks=TASKS,
        actions=[
            actions.register_employer,
            actions.answer_contact,
            actions.add_study_right,
            actions.compute_month,
            actions.add_rate,
            actions.load_rates,
            actions.add_workplace,
            actions.agree,
            actions.name_instructor,
            actions.draft,
            actions.confirm,
            actions.decide_compensation,
            actions.compute_payment,
            actions.claim_benefits,
            actions.add_training_days,
            actions.add_plan_part,
            actions.suspend,
            actions.end_contract,
            actions.agree_continuation,
            actions.record_demonstration,
            actions.confirm_payment,
            actions.reckon_payment_again,
            actions.decide_benefits,
            actions.reckon_claim_again,
            actions.notify,
            actions.withdraw_study_right,
            actions.end_arrangement,
            actions.end_rate,
        ],
    )
)
