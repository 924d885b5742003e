"""Decisions on view on the public network (KuntaL 410/2015 § 140): what was decided, from when, and how to appeal by when."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.face.models import FaceNotice
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb, Deadline, Fact, ListRow, explained
from kirjaamo.ui.wording import day
from kirjaamo.values.dated_step import DatedStep

SHOWN = 200


@page(needs=PUBLIC)
def notices(request: HttpRequest) -> HttpResponse:
    """What is on view today, the newest first."""
    rows = [
        ListRow(
            one.title,
            reverse("public_notice", args=[one.publication_id]),
            meta=[one.identifier, one.unit_title, _("Nähtävillä %(day)s asti") % {"day": day(one.until)}],
        )
        for one in FaceNotice.objects.filter(until__gte=timezone.localdate())[:SHOWN]
    ]
    return render(
        request, "face/notices.html", {"rows": rows, "nav": "cases", "crumbs": [Crumb(_("Etusivu"), "/"), Crumb(_("Nähtävillä"))]}
    )


@page(needs=PUBLIC)
def notice(request: HttpRequest, publication: int) -> HttpResponse:
    """One decision on view. When its time has ended there is no page any more, whether a job has removed it yet or not."""
    found = FaceNotice.objects.filter(pk=publication, until__gte=timezone.localdate()).first()
    if found is None:
        raise Http404
    values = {
        "notice": found,
        "nav": "cases",
        "facts": [
            Fact(_("Asiatunnus"), found.identifier),
            Fact(_("Päätöksen tehnyt yksikkö"), found.unit_title),
            Fact(_("Nähtävillä alkaen"), found.published_on),
            Fact(_("Tiedoksisaanti"), found.known_on, explain=_("Kunnan jäsenen katsotaan saaneen tiedon silloin (kuntalaki 140 §).")),
            Fact(_("Poistetaan verkosta"), _("%(day)s jälkeen") % {"day": day(found.until)}),
        ],
        "ways": [_way(one) for one in found.ways],
        "crumbs": [Crumb(_("Etusivu"), "/"), Crumb(_("Nähtävillä"), reverse("public_notices")), Crumb(found.title)],
    }
    response = render(request, "face/notice.html", values)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _way(told: dict[str, object]) -> dict[str, object]:
    """A way of appeal with where, what and by when."""
    steps = explained(DatedStep.from_data(one) for one in told["steps"])  # type: ignore[attr-defined]
    last = dt.date.fromisoformat(str(told["last_day"])) if told["last_day"] else None
    deadline = Deadline(_("Viimeinen päivä"), last, steps) if last else None
    facts = [Fact(_("Mihin"), told["addressee"]), Fact(_("Mitä kirjoitat"), told["contents"]), Fact(_("Laki"), told["law"])]
    return {"title": told["title"], "facts": facts if last else facts[::2], "deadline": deadline}
