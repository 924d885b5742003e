"""Accounts and their roles, for who manages them; and the review of unused and expired rights (TiHL 906/2019 § 16)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.organisation import actions
from kirjaamo.organisation.models import RoleAssignment, User
from kirjaamo.organisation.rights_review import ReviewOfRights, assignments
from kirjaamo.organisation.role_forms import RoleForm
from kirjaamo.organisation.roles import Role
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, Fact, ListRow, Pager, Row, Tab, Table
from kirjaamo.ui.wording import day, moment
from kirjaamo.values.deadlines import Unit, shift

PAGE = 50
LONGEST_KEY = 18
"""Digits of the largest key of a row."""


def _after(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


@page(needs="organisation.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts, newest first, or those whose name or user name has some words."""
    words, after = request.GET.get("q", "").strip(), _after(request)
    rows = User.objects.select_related("unit").order_by("-pk")
    rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else rows
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    shown = found[:PAGE]
    values = {
        "rows": [_account_row(one) for one in shown],
        "words": words,
        "pager": Pager.make(request, after=str(shown[-1].pk) if len(found) > PAGE else "", shown=len(shown)),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Käyttäjät"))],
    }
    return render(request, "organisation/accounts.html", values)


def _account_row(one: User) -> ListRow:
    meta = [one.username, *([one.unit.title] if one.unit else [])]
    badge = None if one.is_active else Badge(_("Ei käytössä"))
    return ListRow(one.name, reverse("account", args=[one.pk]), meta=meta, badge=badge)


@page(needs="organisation.manage")
def account(request: HttpRequest, number: int) -> HttpResponse:
    """Show an account with its roles, and give it a role."""
    user = User.objects.select_related("unit").filter(pk=number).first()
    if user is None:
        raise Http404
    registers = [(slug, source.title) for slug, source in sorted(SOURCES.items()) if hasattr(source, "title")]
    form = RoleForm(request.POST or None, registers=registers)
    if form.is_valid() and _given(request, user, form):
        messages.success(request, _("Rooli on annettu."))
        return redirect("account", user.pk)
    today = timezone.localdate()
    values = {
        "account": user,
        "facts": _facts(user),
        "roles": [_role(one) for one in user.roles.select_related("unit").order_by("-valid_from", "-pk") if _lasts(one, today)],
        "ended": [_role(one) for one in user.roles.select_related("unit").filter(valid_to__lt=today).order_by("-valid_to")[:PAGE]],
        "form": form,
        "crumbs": [Crumb(_("Käyttäjät"), reverse("accounts")), Crumb(user.name)],
    }
    return render(request, "organisation/account_roles.html", values, status=422 if form.errors else 200)


def _lasts(one: RoleAssignment, today: dt.date) -> bool:
    return one.valid_to is None or one.valid_to >= today


def _facts(user: User) -> list[Fact]:
    return [
        Fact(_("Käyttäjätunnus"), user.username),
        Fact(_("Yksikkö"), user.unit.title if user.unit else ""),
        Fact(_("Viimeksi kirjautunut"), moment(user.signed_in_at) if user.signed_in_at else _("ei koskaan")),
        Fact(_("Käytössä"), _("kyllä") if user.is_active else _("ei")),
    ]


def _role(one: RoleAssignment) -> dict[str, object]:
    return {
        "key": one.pk,
        "title": str(Role(one.role).label),
        "meta": [_place(one), _period(one)],
        "lasting": one.valid_to is None or one.valid_to > timezone.localdate(),
    }


def _place(one: RoleAssignment) -> str:
    told = [pick(one.unit.title).text] if one.unit else []
    return ", ".join([*told, *(text for text in (one.class_code, one.register) if text)]) or _("Koko viranomainen")


def _period(one: RoleAssignment) -> str:
    return f"{day(one.valid_from)}–{day(one.valid_to)}"


def _given(request: HttpRequest, user: User, form: RoleForm) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            actions.give_role(
                user,
                Role(data["role"]),
                since=data["since"],
                until=data["until"],
                unit=form.chosen_unit,
                class_code=data["class_code"],
                register=data["register"],
                actor=actor_of(request),
            )
    except KirjaamoError as error:
        form.add_error(error.field if isinstance(error, Refused) and error.field in form.fields else None, str(error))
        return False
    return True


@page(needs="organisation.manage")
@require_POST
def role_end(request: HttpRequest, number: int) -> HttpResponse:
    """End a role: today is its last day; one that has not begun yet ends with its first day."""
    found = RoleAssignment.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    actions.end_role(found, on=max(timezone.localdate(), found.valid_from), actor=actor_of(request))
    messages.success(request, _("Rooli päättyy %(day)s.") % {"day": day(found.valid_to)})
    return redirect("account", found.user_id)


@page(needs="organisation.manage")
def rights_review(request: HttpRequest) -> HttpResponse:
    """Show the roles that nobody uses, that have ended, or that have no end, a page at a time."""
    word, days = request.GET.get("nayta", ""), settings.KIRJAAMO_UNUSED_ROLE_DAYS
    look = ReviewOfRights(word) if word in set(ReviewOfRights) else ReviewOfRights.UNUSED
    today, after = timezone.localdate(), _after(request)
    rows = assignments(look, today, shift(today, -days, Unit.DAYS))
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    shown = found[:PAGE]
    labels = {
        ReviewOfRights.UNUSED: _("Käyttämättömät"),
        ReviewOfRights.ENDED: _("Päättyneet"),
        ReviewOfRights.ENDLESS: _("Ilman päättymispäivää"),
    }
    values = {
        "lead": _("Käyttämätön on rooli, jonka haltija ei ole kirjautunut %(days)s päivään.") % {"days": days},
        "tabs": [Tab(label, f"{request.path}?nayta={one}", current=one == look) for one, label in labels.items()],
        "table": _table(labels[look], shown),
        "pager": Pager.make(request, after=str(shown[-1].pk) if len(found) > PAGE else "", shown=len(shown)),
        "crumbs": [Crumb(_("Käyttäjät"), reverse("accounts")), Crumb(_("Käyttöoikeuksien tarkastus"))],
    }
    return render(request, "organisation/rights_review.html", values)


def _table(caption: str, shown: list[RoleAssignment]) -> Table:
    columns = [
        Column("who", _("Henkilö")),
        Column("role", _("Rooli")),
        Column("place", _("Missä")),
        Column("period", _("Voimassa")),
        Column("seen", _("Viimeksi kirjautunut")),
    ]
    return Table(caption, columns, [_line(one) for one in shown], caption_hidden=True, empty=_("Tällaisia rooleja ei ole"))


def _line(one: RoleAssignment) -> Row:
    seen = day(one.user.signed_in_at) if one.user.signed_in_at else _("ei koskaan")
    cells = [one.user.name, Cell(str(Role(one.role).label)), _place(one), _period(one), seen]
    return Row(cells, url=reverse("account", args=[one.user_id]))
