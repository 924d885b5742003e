"""What the start page of each register shows its worker: talks by their last day, clients that wait, what is closed and why."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.contract.workbench import Due, Told, Workbench
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.calendar import last_known_day, moved
from kirjaamo.registers.education.student_welfare.choices import ClientState, Holding, MeetingState, Purpose, StatementKind
from kirjaamo.requests.showing import due_badge
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, Figure, ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

MOST = 15
AHEAD, RUNS_OUT = 7, 40
"""How many days ahead agreed appointments are shown, and how many days before the end of the recorded school days it is told."""
QUIET = 30
"""Days without an entry after which a group shows on the start page."""


def certification() -> Told:
    """What the program is not: client data of social and health care needs a registered or certified system."""
    return Told(
        _(
            "Tätä ohjelmaa ei ole rekisteröity eikä sertifioitu sosiaali- ja terveydenhuollon asiakastietojärjestelmänä "
            "(703/2023 79–81 §). Siihen ei kirjata oikeita asiakas- tai potilastietoja ennen kuin rekisteröinti on tehty. "
            "Nyt rekisterissä on vain keksittyjä tietoja tai muualta siirretty, suljettu aineisto."
        ),
        title=_("Ei tuotantokäyttöön ilman rekisteröintiä"),
        tone="warning",
    )


def _moved(holding: Holding) -> list[Told]:
    found = moved(holding)
    if found is None:
        return []
    text = _(
        "%(day)s alkaen kirjaukset tehdään muualla: %(place)s. Tästä rekisteristä luetaan, vastataan pyyntöihin, oikaistaan ja hävitetään."
    ) % {"day": wording.day(found.moved_on), "place": found.moved_to}
    return [Told(text, title=_("Suljettu uusilta kirjauksilta"), items=[_("Lähde: %(source)s") % {"source": found.source}], tone="info")]


def client_register(actor: Actor, *, holding: Holding, client: Any, contact: Any) -> Workbench:
    """The start page of school social workers or psychologists."""
    waiting = access.visible(contact.objects.filter(met_on=None, voided_at=None).select_related("client__student"), actor)
    rows = [_contact_row(row) for row in waiting.order_by("due_on", "pk")[:MOST]]
    own = access.visible(client.objects.filter(state=ClientState.OPEN), actor)
    late = waiting.filter(due_on__lt=timezone.localdate()).count()
    free = access.visible(client.objects.filter(state=ClientState.WAITING, voided_at=None), actor).count()
    slug = client.register.slug
    return Workbench(
        due=[
            Due(_("Keskustelut määräpäivän mukaan"), rows, empty=_("Yksikään yhteydenotto ei odota keskustelua.")),
            *_meetings(client.register.kind(contact._meta.model_name.replace("contact", "appointment")), actor),
            *_left(client, actor),
        ],
        told=[certification(), *_moved(holding), *_calendar()],
        figures=[
            Figure(own.count(), _("avointa asiakasta"), url=_list(slug, "state=open")),
            Figure(free, _("odottaa ottajaa"), url=_list(slug, "state=waiting"), tone="warning" if free else "neutral"),
            Figure(late, _("keskustelua myöhässä"), tone="danger" if late else "neutral"),
        ],
        more={"staffing_url": _staffing()},
    )


def _meetings(model: Any, actor: Actor) -> list[Due]:
    """Appointments of today and the coming days, and earlier ones of which nobody has told what became of them (one statement)."""
    until = timezone.now() + dt.timedelta(days=AHEAD)
    rows = model.objects.filter(state=MeetingState.AGREED, at__lt=until, voided_at=None).select_related("client__student")
    return [Due(_("Sovitut ajat"), [_meeting_row(row) for row in access.visible(rows, actor).order_by("at", "pk")[:MOST]])]


def _meeting_row(row: Any) -> ListRow:
    past = row.at < timezone.now()
    badge = Badge(_("Kirjaa, mitä ajasta tuli"), "warning") if past else None
    meta = [wording.moment(timezone.localtime(row.at)), row.get_kind_display(), *([row.place] if row.place else [])]
    return ListRow(row.client.student.name, row.get_absolute_url(), meta=meta, badge=badge)


def _left(client: Any, actor: Actor) -> list[Due]:
    """For the responsible person: open clients whom nobody has a relation to any more (one statement)."""
    if not actor.may(access.LEAD):
        return []
    today = timezone.localdate()
    relations = client._meta.get_field("relations").related_model
    held = relations.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), client=OuterRef("pk"), valid_from__lte=today, purpose=Purpose.CARE, voided_at=None
    )
    rows = (
        client.objects.filter(~Exists(held), state=ClientState.OPEN, voided_at=None).select_related("student").order_by("opened_on", "pk")
    )
    left = [ListRow(row.student.name, row.get_absolute_url(), text=row.school, kind=row.number) for row in rows[:MOST]]
    return [Due(_("Avoimet asiakkaat, joilla ei ole työntekijää"), left)]


def _calendar() -> list[Told]:
    """That the school days end soon or are not recorded: without them no contact can be taken."""
    last = last_known_day()
    if last is not None and last > timezone.localdate() + dt.timedelta(days=RUNS_OUT):
        return []
    text = _("Koulupäivät on kirjattu %(day)s asti.") % {"day": wording.day(last)} if last else _("Koulupäiviä ei ole kirjattu.")
    more = _("Ilman koulupäiviä keskustelun määräpäivää ei lasketa eikä yhteydenottoa voi kirjata. Rekisterin vastuuhenkilö kirjaa ne.")
    return [Told(f"{text} {more}", title=_("Kirjaa seuraava lukukausi"), tone="warning", url=_days_url(), link=_("Koulupäivät"))]


def _days_url() -> str:
    return _list("opiskeluhuoltorekisteri", "laji=schooldays")


def _contact_row(row: Any) -> ListRow:
    client = row.client
    meta: list[Any] = [
        _("viimeistään %(day)s") % {"day": wording.day(row.due_on)},
        row.get_made_by_display(),
    ]
    if client.state == ClientState.WAITING:
        meta.append(_("odottaa ottajaa"))
    if row.appointment_on:
        meta.append(_("aika %(day)s") % {"day": wording.day(row.appointment_on)})
    badge = due_badge(row.due_on) or (Badge(_("Kiireellinen"), "warning") if row.urgent else None)
    return ListRow(client.student.name, row.get_absolute_url(), text=f"{client.school} {client.class_name}".strip(), meta=meta, badge=badge)


def _list(slug: str, query: str) -> str:
    return f"{reverse('register', args=[slug])}?{query}#list"


def _staffing() -> str:
    """The address of the staffing report; empty where the register's own addresses are not served."""
    try:
        return reverse("welfare-staffing")
    except NoReverseMatch:
        return ""


social_work = partial(client_register, holding=Holding.SOCIAL_WORK, client=tables.SocialClient, contact=tables.SocialContact)
psychology = partial(client_register, holding=Holding.PSYCHOLOGY, client=tables.PsychologyClient, contact=tables.PsychologyContact)


def group(actor: Actor) -> Workbench:
    """The start page of groups: their matters, and consents that no member has been taken by."""
    groups = tables.GroupClient.objects.filter(state=ClientState.OPEN, pk__in=access.own_clients(tables.GroupClient, actor))
    own = groups.select_related("student")
    unused = access.visible(
        tables.GroupStatement.objects.filter(
            ~Q(members__isnull=False), kind=StatementKind.GROUP_CONSENT, withdrawn_on=None, voided_at=None
        ).select_related("client__student"),
        actor,
    )
    since = timezone.localdate() - dt.timedelta(days=QUIET)
    quiet = own.exclude(pk__in=tables.GroupReport.objects.filter(written_on__gt=since).values("client")).order_by("opened_on", "pk")
    rows = [ListRow(row.student.name, row.get_absolute_url(), text=row.school) for row in quiet[:MOST]]
    free = [ListRow(row.client.student.name, row.get_absolute_url(), text=row.scope) for row in unused.order_by("given_on")[:MOST]]
    return Workbench(
        due=[
            Due(_("Ryhmät, joissa ei ole merkintää 30 päivään"), rows, empty=_("Jokaisessa ryhmässäsi on tuore merkintä.")),
            Due(_("Suostumukset, joille ei ole otettu jäsentä"), free),
            *_meetings(tables.GroupAppointment, actor),
            *_left(tables.GroupClient, actor),
        ],
        told=[*_moved(Holding.GROUP), *_calendar(), *_missing(actor)],
        figures=[Figure(own.count(), _("ryhmää, jossa olet jäsenenä"), url=_list("opiskeluhuoltorekisteri", "state=open"))],
        more={"staffing_url": _staffing()},
    )


def _missing(actor: Actor) -> list[Told]:
    """For the responsible person: that the norms of staffing are not loaded yet."""
    if not actor.may(access.LEAD) or tables.StaffingNorm.objects.filter(voided_at=None).exists():
        return []
    link = reverse("register-act", args=["opiskeluhuoltorekisteri", "load_rows"])
    text = _("Henkilöstömitoitusta, koulupäiviä ja kirjaamisen siirtoja ei ole ladattu.")
    return [Told(text, tone="warning", url=link, link=_("Lataa vertailutiedot"))]
