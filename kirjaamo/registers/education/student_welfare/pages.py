"""Pages of student welfare beside those of the contract: the narrative, a disclosure to hand over, the use log, staffing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.student_welfare import access, actions
from kirjaamo.registers.education.student_welfare.bases import ClientBase, DisclosureBase, StatementBase
from kirjaamo.registers.education.student_welfare.confidential import ConfidentialRegister, barred, log_since, tells_who
from kirjaamo.registers.education.student_welfare.report import school_ratios
from kirjaamo.registers.education.student_welfare.rules.staffing import met
from kirjaamo.ui import wording
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, Row, Table, TimelineEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.registers.education.student_welfare.actions.notes import Opened


def _register(request: HttpRequest, slug: str) -> ConfidentialRegister:
    register = REGISTERS.get(slug)
    if not isinstance(register, ConfidentialRegister):
        raise Http404
    if not actor_of(request).may(register.read, register):
        raise PermissionDenied(register.read)
    return register


def _client(request: HttpRequest, slug: str, key: int) -> ClientBase:
    """The client of an address, when the reader may see that there is one."""
    register = _register(request, slug)
    row: ClientBase | None = register.rows(register.model, actor_of(request)).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def _crumbs(row: Any, last: str) -> list[Crumb]:
    register = row.register
    client = getattr(row, "client", row)
    return [
        Crumb(_("Rekisterit"), reverse("registers")),
        Crumb(str(register.title), reverse("register", args=[register.slug])),
        Crumb(str(client), client.get_absolute_url()),
        Crumb(last),
    ]


def _refused(request: HttpRequest, client: ClientBase, refusal: Refused, title: str) -> HttpResponse:
    context = {"client": client, "refusal": refusal, "title": title, "crumbs": _crumbs(client, title)}
    return render(request, "student_welfare/refused.html", context, status=403)


def _events(opened: Sequence[Opened]) -> list[TimelineEvent]:
    made = []
    for one in opened:
        note = one.note
        who = f"{note.author}, {note.get_profession_display()}"
        title = note.get_kind_display()
        if corrected := getattr(note, "corrects", None):
            title = _("Oikaisu merkintään %(day)s") % {"day": wording.day(corrected.written_on)}
        made.append(TimelineEvent(note.written_on, title, one.text, who, note.get_absolute_url()))
    return made


@page(needs=access.WORK)
def story(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """The narrative of a client, for who has a relation; each opening stands in the use log."""
    client = _client(request, slug, key)
    try:
        opened = actions.open_story(client, actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, client, refusal, _("Kertomus"))
    context = {
        "client": client,
        "events": _events(opened),
        "barred": barred(client),
        "crumbs": _crumbs(client, _("Kertomus")),
        "add_url": reverse("record-act", args=[slug, "add_note", client.pk]),
    }
    return render(request, "student_welfare/story.html", context)


@page(needs=access.WORK)
def handover(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """What a disclosure gives, to print or save for its recipient: the entries that it names, and what was left out and why."""
    register = _register(request, slug)
    model = next((model for model in register.models if issubclass(model, DisclosureBase)), None)
    row: Any = register.rows(model, actor_of(request)).filter(pk=key).first() if model else None
    if row is None:
        raise Http404
    try:
        opened = actions.open_story(row.client, actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, row.client, refusal, _("Luovutus"))
    given = set(row.notes)
    context = {
        "disclosure": row,
        "client": row.client,
        "events": _events([one for one in opened if one.note.pk in given]),
        "crumbs": _crumbs(row, _("Annettavat tiedot")),
    }
    return render(request, "student_welfare/handover.html", context)


@page(needs=access.WORK)
def assessment(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """The professional's assessment behind a statement of will, opened and logged as the narrative is."""
    register = _register(request, slug)
    model = next(model for model in register.models if issubclass(model, StatementBase))
    row: Any = register.rows(model, actor_of(request)).filter(pk=key).first()
    if row is None or not row.assessment:
        raise Http404
    title = _("Ammattihenkilön arvio")
    try:
        text = actions.open_assessment(row, actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, row.client, refusal, title)
    context = {"statement": row, "client": row.client, "text": text, "title": title, "crumbs": _crumbs(row, title)}
    return render(request, "student_welfare/assessment.html", context)


@page(needs=access.WORK)
def log(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """The use and disclosure log of a client; `opiskelijalle` gives what the data subject gets of it (703/2023 § 11)."""
    client = _client(request, slug, key)
    try:
        access.must_relate(client, actor_of(request))
    except Refused as refusal:
        return _refused(request, client, refusal, _("Käyttöloki"))
    given = "opiskelijalle" in request.GET
    here = reverse("welfare-log", args=[slug, key])
    context = {
        "client": client,
        "given": given,
        "other_url": here if given else f"{here}?opiskelijalle",
        "tables": [_uses(client, given=given), _disclosed(client, given=given)],
        "crumbs": _crumbs(client, _("Käyttöloki")),
    }
    return render(request, "student_welfare/log.html", context)


def _uses(client: Any, *, given: bool) -> Table:
    """Who has used the data, when, why and what; for the student of the last two years."""
    found = client.uses.filter(used_at__gte=log_since()) if given else client.uses
    who = not given or tells_who(client)
    rows = []
    for use in found.order_by("-pk")[:500]:
        cells = [timezone.localtime(use.used_at), use.get_purpose_display(), use.what]
        rows.append(Row([*cells, use.user_name] if who else cells))
    columns = [Column("at", _("Aika"), nowrap=True), Column("purpose", _("Tarkoitus")), Column("what", _("Mitä katsottiin"))]
    columns += [Column("who", _("Kuka"))] if who else []
    return Table(_("Kertomuksen käyttö"), columns, rows, empty=_("Kertomusta ei ole avattu."))


def _disclosed(client: Any, *, given: bool) -> Table:
    """To whom data was given, what and on which ground; for the student of the last two years."""
    found = client.disclosures.filter(given_on__gte=timezone.localdate(log_since())) if given else client.disclosures
    rows = [
        Row([one.given_on, f"{one.get_recipient_display()}: {one.recipient_name}", one.what, one.ground, one.given, one.left_out])
        for one in found.order_by("-given_on", "-pk")[:500]
    ]
    columns = [
        Column("on", _("Annettu"), nowrap=True),
        Column("whom", _("Kenelle")),
        Column("what", _("Mitä annettiin")),
        Column("ground", _("Peruste")),
        Column("given", _("Merkintöjä annettiin"), numeric=True),
        Column("left", _("Merkintöjä jätettiin pois"), numeric=True),
    ]
    return Table(_("Tietojen luovutukset"), columns, rows, empty=_("Tietoja ei ole luovutettu."))


@page(needs=access.WORK)
def staffing(request: HttpRequest) -> HttpResponse:
    """The staffing ratio of each school and of all, on a day, with the norm that it is held against."""
    found = school_ratios(timezone.localdate())
    rows = []
    for one in found:
        calculation = one.calculation
        enough = met(calculation)
        each = next((step.value for step in calculation.steps if step.key == "each"), None)
        badge = Badge(_("Täyttyy") if enough else _("Ei täyty"), "success" if enough else "danger")
        cells = [one.school, one.profession, calculation.step("students").value, calculation.step("posts").value]
        rows.append(Row([*cells, "–" if each is None else each, calculation.step("most").value, calculation.result, Cell("", badge=badge)]))
    columns = [
        Column("school", _("Koulu")),
        Column("profession", _("Ammatti")),
        Column("students", _("Opiskelijoita"), numeric=True),
        Column("posts", _("Työntekijöitä"), numeric=True),
        Column("each", _("Työntekijää kohti"), numeric=True),
        Column("most", _("Enintään"), numeric=True),
        Column("missing", _("Puuttuu (htv)"), numeric=True),
        Column("state", _("Mitoitus"), nowrap=True),
    ]
    context = {
        "table": Table(_("Henkilöstömitoitus kouluittain"), columns, rows, empty=_("Opiskelijamääriä tai mitoituksia ei ole kirjattu.")),
        "totals": [one.calculation for one in found if not one.of_one_school],
        "crumbs": [Crumb(_("Rekisterit"), reverse("registers")), Crumb(_("Henkilöstömitoitus"))],
    }
    return render(request, "student_welfare/staffing.html", context)
