"""What falls due, for records managers: documents whose retention has ended or ends within a year, those that wait, the permanent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.retention.reading import Asked, counts, listed, triggers
from kirjaamo.retention.shown import badge, sentence
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, Figure, Pager, Row, Tab, Table
from kirjaamo.ui.wording import day, soften

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case
    from kirjaamo.retention.models import RetentionClock
    from kirjaamo.ui.languages import Text

WHAT = {"due": "eraantyneet", "soon": "eraantyvat", "held": "kielletyt", "waiting": "odottavat", "permanent": "pysyvat"}


@page(needs="retention.read")
def due(request: HttpRequest) -> HttpResponse:
    """List the clocks that the address asks for; `luokka` narrows to a class and everything below it."""
    chosen = next((what for what, word in WHAT.items() if word == request.GET.get("nayta")), "due")
    class_code = request.GET.get("luokka", "").replace("\x00", "").strip()[:40]
    today, names = timezone.localdate(), triggers()
    found = listed(Asked(chosen, class_code, request.GET.get("after", "")), actor_of(request), timezone.now(), today)
    told = counts(today)
    values = {
        "tabs": [_tab(what, label, told, chosen, class_code) for what, label in _labels().items()],
        "figures": [
            Figure(told["due"], _("erääntynyt"), _("odottaa hävitysesitystä tai siirtoa")),
            Figure(told["soon"], _("erääntyy vuoden sisällä")),
            Figure(told["held"], _("hävittämiskiellossa"), url=reverse("retention_holds")),
            Figure(told["running"], _("säilytysaikaa kulkee"), _("erääntyneet mukaan lukien")),
            Figure(told["waiting"], _("odottaa alkamistaan"), tone="warning" if told["waiting"] else "neutral"),
            Figure(told["permanent"], _("pysyvästi säilytettävää")),
        ],
        "table": _table(request, [_row(clock, case, names, today) for clock, case in found.rows]),
        "pager": Pager.make(request, after=found.after, shown=len(found.rows)),
        "chosen": WHAT[chosen],
        "hold_url": reverse("retention_hold_new") if actor_of(request).may("retention.hold") else "",
        "class_code": class_code,
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Säilytys"))],
    }
    return render(request, "retention/due.html", values)


def _labels() -> dict[str, str]:
    return {
        "due": _("Erääntyneet"),
        "soon": _("Erääntyy vuoden sisällä"),
        "held": _("Hävittämiskiellossa"),
        "waiting": _("Odottavat"),
        "permanent": _("Pysyvät"),
    }


def _tab(what: str, label: str, told: Mapping[str, int], chosen: str, class_code: str) -> Tab:
    kept = f"&luokka={class_code}" if class_code else ""
    return Tab(label, f"?nayta={WHAT[what]}{kept}", what == chosen, told[what])


def _table(request: HttpRequest, rows: list[Row]) -> Table:
    columns = (
        Column("document", _("Asiakirja")),
        Column("case", _("Asia")),
        Column("last_day", _("Viimeinen säilytyspäivä"), nowrap=True),
        Column("archiving", _("Arkistointi"), nowrap=True),
        Column("state", _("Tila"), nowrap=True),
    )
    empty = _("Tässä ei ole nyt yhtään asiakirjaa.")
    return Table(_("Asiakirjojen säilytysajat"), columns, rows, request=request, caption_hidden=True, empty=empty)


def _row(clock: RetentionClock, case: Case, names: Mapping[str, Text], today: dt.date) -> Row:
    """A document by its type and identifier: a title may hold a name, and the list needs none."""
    kind = pick(clock.node.title).text if clock.node else _("Ei suunnitelmassa")
    cells = (
        Cell(soften(kind), note=clock.document.identifier if clock.document else ""),
        Cell(case.identifier, note=f"{case.revision.code} {pick(case.revision.title).text}"),
        Cell(day(clock.last_day) if clock.last_day else "–", note="" if clock.last_day else sentence(clock, names, today)),
        Cell("", badge=_archiving(clock)),
        Cell("", badge=badge(clock, today)),
    )
    return Row(cells, f"{reverse('case_retention', args=[case.address])}#asiakirja-{clock.document_id}")


def _archiving(clock: RetentionClock) -> Badge:
    """Archiving is a fact of its own: decided by the National Archives, decided against, or undecided."""
    decided = clock.node.archiving if clock.node else "undecided"
    if decided == "archive":
        return Badge(_("Arkistoidaan"), "info")
    return Badge(_("Ei arkistoida"), "neutral") if decided == "not" else Badge(_("Ratkaisematta"), "warning")
