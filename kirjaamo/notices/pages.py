"""One's own notices: the list, and opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.notices import actions
from kirjaamo.notices.forms import MailTimesForm
from kirjaamo.notices.models import MailTime, Notice, NoticeKind
from kirjaamo.ui.access import STAFF, page
from kirjaamo.ui.parts import Badge, Crumb, ListRow, Pager
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

PAGE = 30


@page(needs=STAFF)
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's own notices, newest first; mark them all read."""
    user = cast("User", request.user)
    if request.method == "POST":
        actions.mark_read(user, actor=user)
        return redirect("notices")
    after = request.GET.get("after", "")
    rows = Notice.objects.filter(user=user)
    rows = rows.filter(pk__lt=int(after)) if after.isdecimal() and len(after) < 19 else rows  # noqa: PLR2004 - digits of a key
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    values = {
        "rows": [_row(one) for one in shown],
        "pager": Pager.make(request, before="", after=str(shown[-1].pk) if len(found) > PAGE else "", shown=len(shown)),
        "unread": user.unread_notices,
        "mailed": _mailed(user),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Ilmoitukset"))],
    }
    return render(request, "notices/list.html", values)


def _mailed(user: User) -> str:
    """How notices come by e-mail now, in a sentence."""
    times = {actions.mail_time(user, kind) for kind in NoticeKind}
    if times == {MailTime.NEVER} or not user.email:
        return _("Ilmoituksista ei lähetetä sähköpostia.")
    told = {"email": user.email}
    if times == {MailTime.AT_ONCE}:
        return _("Jokaisesta ilmoituksesta lähetetään heti viesti osoitteeseen %(email)s. Viestissä ei kerrota, mitä asia koskee.") % told
    return _("Osasta ilmoituksia lähetetään viesti osoitteeseen %(email)s. Viestissä ei kerrota, mitä asia koskee.") % told


@page(needs=STAFF)
def mail_times(request: HttpRequest) -> HttpResponse:
    """Choose for each kind of notice when an e-mail tells of it."""
    user = cast("User", request.user)
    form = MailTimesForm(request.POST or None, user=user)
    if form.is_valid():
        actions.choose_mail_times(user, form.times(), email=form.cleaned_data["email"], actor=user)
        messages.success(request, _("Valinta on tallennettu."))
        return redirect("notices")
    title = _("Ilmoitukset sähköpostiin")
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Ilmoitukset"), reverse("notices")), Crumb(title)]
    values = {"form": form, "title": title, "crumbs": crumbs}
    return render(request, "notices/mail_times.html", values, status=422 if form.errors else 200)


def _row(notice: Notice) -> ListRow:
    badge = None if notice.read_at else Badge(_("Uusi"), "info")
    meta = [moment(notice.at), *([notice.about] if notice.about else [])]
    return ListRow(str(NoticeKind(notice.kind).label), notice.get_absolute_url(), meta=meta, badge=badge)


@page(needs=STAFF)
def notice_open(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one's own notice read and go where it leads."""
    user = cast("User", request.user)
    found = Notice.objects.filter(pk=number, user=user).first()
    if found is None:
        raise Http404
    if found.read_at is None:
        actions.mark_read(user, notice=found, actor=user)
    return redirect(found.url)
