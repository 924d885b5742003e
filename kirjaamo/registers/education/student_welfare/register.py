"""Opiskeluhuolto: the registers of school social workers, of psychologists and of multi-professional groups. Three, never one.

Each has tables, workers and a right of its own; a right to one opens nothing of another (1287/2013 §§ 20–22).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import SearchKey, declare
from kirjaamo.contract.workbench import CommonTask
from kirjaamo.registers.education.student_welfare import access, actions, due
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.choices import Holding
from kirjaamo.registers.education.student_welfare.confidential import AnyOf, ConfidentialRegister
from kirjaamo.registers.education.student_welfare.retention import SYSTEM

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record


def keys() -> Sequence[SearchKey]:
    """The search keys of the city's page: worker, client, guardians, schooling, partners, correspondence, narrative (by its day)."""
    return [
        SearchKey("worker", _("Työntekijän nimi"), _("Kuka työntekijä asiaa hoiti?"), kind="text", path="worker_name"),
        SearchKey("client", _("Asiakkaan henkilötiedot"), _("Kenen tiedoista on kyse?"), kind="person", path="student", secret=True),
        AnyOf(
            "guardians",
            _("Huoltajien tiedot"),
            _("Ketkä ovat huoltajat?"),
            kind="person",
            path="guardian",
            secret=True,
            paths=("guardian", "second_guardian"),
        ),
        AnyOf(
            "schooling",
            _("Koulunkäyntitiedot"),
            _("Missä koulussa ja millä luokalla opiskelija oli?"),
            kind="text",
            path="school",
            paths=("school", "class_name"),
        ),
        SearchKey("partners", _("Yhteistyötahot"), _("Mikä muu taho oli mukana?"), kind="text", path="partners", secret=True),
        AnyOf(
            "correspondence",
            _("Asiakirjaliikenne"),
            _("Mikä asiakirja lähetettiin, kenelle tai minkä pyynnön vuoksi?"),
            kind="text",
            path="disclosures__what",
            secret=True,
            paths=("disclosures__what", "disclosures__recipient_name", "disclosures__request"),
        ),
        SearchKey(
            "narrative",
            _("Asiakaskertomus (merkinnän päivä)"),
            _("Minkä päivän tai ajan merkintöjä pyydät?"),
            kind="date",
            path="notes__written_on",
            secret=True,
        ),
    ]


def tasks(contact: str, verb: str) -> Sequence[CommonTask]:
    """The five commonest tasks of a school social worker or a psychologist."""
    return (
        CommonTask(
            _("Kirjaa yhteydenotto"),
            _("1 avaa lomakkeen, sarkain vie kentästä toiseen, Ctrl+Enter tallentaa ja laskee määräpäivän."),
            verb=verb,
        ),
        CommonTask(
            _("Ota odottava asiakkaaksi"),
            _("2 näyttää odottavat, j ja Enter avaavat asiakkaan, 1 avaa toiminnon, ammatti, Ctrl+Enter."),
            verb="take",
            where="state=waiting",
        ),
        CommonTask(
            _("Kirjaa keskustelu pidetyksi"),
            _("3 näyttää yhteydenotot, j ja Enter avaavat yhteydenoton, 2 avaa toiminnon, päivä, Ctrl+Enter."),
            verb="record_talk",
            where=f"laji={contact}",
        ),
        CommonTask(
            _("Kirjaa kertomukseen"),
            _("4 näyttää omat asiakkaat, j ja Enter avaavat asiakkaan, 1 avaa merkinnän, Ctrl+Enter."),
            verb="add_note",
            where="state=open",
        ),
        CommonTask(
            _("Luovuta tietoja"),
            _("5 näyttää omat asiakkaat, j ja Enter avaavat asiakkaan, Luovuta tietoja, saaja ja sisältö, Ctrl+Enter."),
            verb="disclose",
            where="state=open",
        ),
    )


SHARED: Sequence[Any] = (
    actions.add_note,
    actions.take,
    actions.disclose,
    actions.plan_meeting,
    actions.bar_guardian,
    actions.consent,
    actions.name_guardian,
    actions.drop_guardian,
    actions.close_client,
    actions.give_relation,
    actions.end_relation,
    actions.give_appointment,
    actions.record_talk,
    actions.drop_contact,
    actions.settle_meeting,
    actions.correct_note,
    actions.withdraw,
)

GROUP_TASKS = (
    CommonTask(_("Kokoa asiantuntijaryhmä"), _("1 avaa lomakkeen, sarkain vie kentästä toiseen, Ctrl+Enter."), verb="convene"),
    CommonTask(
        _("Kirjaa opiskeluhuoltokertomukseen"),
        _("2 näyttää omat ryhmät, j ja Enter avaavat ryhmän, 1 avaa merkinnän, Ctrl+Enter."),
        verb="add_note",
        where="state=open",
    ),
    CommonTask(
        _("Kirjaa suostumus uuteen jäseneen"),
        _("3 näyttää omat ryhmät, j ja Enter avaavat ryhmän, Kirjaa suostumus, jäsenen nimi, Ctrl+Enter."),
        verb="consent",
        where="state=open",
    ),
    CommonTask(
        _("Ota jäsen ryhmään"),
        _("4 näyttää suostumukset, j ja Enter avaavat suostumuksen, Ota ryhmän jäseneksi, nimi ja ammatti, Ctrl+Enter."),
        verb="add_member",
        where="laji=groupstatement&kind=group_consent",
    ),
    CommonTask(
        _("Luovuta tietoja"),
        _("5 näyttää omat ryhmät, j ja Enter avaavat ryhmän, Luovuta tietoja, saaja ja sisältö, Ctrl+Enter."),
        verb="disclose",
        where="state=open",
    ),
)
NOT_OF_GROUPS = {actions.take, actions.give_appointment, actions.record_talk, actions.drop_contact}
"""What is done to the clients of a worker and not to those of a group."""


def holding_register(kinds: Sequence[type[Record]], *, right: str, **facts: Any) -> ConfidentialRegister:
    """One of the three: its kinds of record (the client first), the one right that opens it, and what is particular to it."""
    return declare(
        ConfidentialRegister(
            system=SYSTEM,
            model=kinds[0],
            others=kinds[1:],
            columns=("student", "school", "class_name", "state", "worker_name", "opened_on"),
            filters=["state", "level"],
            search_keys=keys(),
            person="student",
            visible=access.visible,
            read=right,
            write=right,
            **facts,
        )
    )


social_work = holding_register(
    [
        tables.SocialClient,
        tables.SocialContact,
        tables.SocialAppointment,
        tables.SocialNote,
        tables.SocialStatement,
        tables.SocialDisclosure,
        tables.SocialRelation,
        tables.SocialUse,
    ],
    right=actions.SOCIAL,
    holding=Holding.SOCIAL_WORK,
    slug="opiskeluhuolto-kuraattorit",
    data_register="oppilashuollon-kuraattorien-rekisteri",
    title=_("Kuraattorien asiakasrekisteri"),
    purpose=_("Kuraattorin palvelut esiopetuksesta toiselle asteelle: yksilökohtainen opiskeluhuolto (1287/2013)"),
    retention_class="client_record",
    start=due.social_work,
    tasks=tasks("socialcontact", "take_social_contact"),
    actions=[actions.take_social_contact, *SHARED],
)

psychology = holding_register(
    [
        tables.PsychologyClient,
        tables.PsychologyContact,
        tables.PsychologyAppointment,
        tables.PsychologyNote,
        tables.PsychologyStatement,
        tables.PsychologyDisclosure,
        tables.PsychologyRelation,
        tables.PsychologyUse,
    ],
    right=actions.PSYCHOLOGY,
    holding=Holding.PSYCHOLOGY,
    slug="opiskeluhuolto-psykologit",
    data_register="opiskeluhuollon-psykologien-rekisteri",
    title=_("Psykologien potilasrekisteri"),
    purpose=_("Koulupsykologin palvelut esiopetuksesta toiselle asteelle: yksilökohtainen opiskeluhuolto (1287/2013)"),
    retention_class="patient_record",
    start=due.psychology,
    tasks=tasks("psychologycontact", "take_psychology_contact"),
    actions=[actions.take_psychology_contact, *SHARED],
)

group = holding_register(
    [
        tables.GroupClient,
        tables.GroupAppointment,
        tables.GroupReport,
        tables.GroupStatement,
        tables.GroupMember,
        tables.GroupDisclosure,
        tables.GroupUse,
        tables.SchoolDays,
        tables.Headcount,
        tables.Staffing,
        tables.StaffingNorm,
        tables.Move,
    ],
    right=actions.GROUP,
    holding=Holding.GROUP,
    slug="opiskeluhuoltorekisteri",
    data_register="opiskeluhuoltorekisteri",
    title=_("Opiskeluhuoltorekisteri"),
    purpose=_("Monialaisten asiantuntijaryhmien opiskeluhuoltokertomukset ja tahdonilmaukset (1287/2013 20 §)"),
    retention_class="welfare_record",
    start=due.group,
    tasks=GROUP_TASKS,
    actions=[
        actions.convene,
        actions.add_school_days,
        actions.count_students,
        actions.staff_school,
        actions.load_rows,
        *(verb for verb in SHARED if verb not in NOT_OF_GROUPS),
        actions.add_member,
    ],
)
