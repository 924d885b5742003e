"""The one screen of registering: the class by words, sender, title, documents, and what resembles it, saved in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kirjaamo.cases import actions, classes
from kirjaamo.cases.arrivals import drafts
from kirjaamo.cases.arrivals.forms import RegisterForm
from kirjaamo.cases.arrivals.likeness import Asked, alike
from kirjaamo.cases.arrivals.masking import hidden_sender, is_hidden
from kirjaamo.cases.broken import sentence_of
from kirjaamo.cases.models import Arrival, ArrivalState, address_of
from kirjaamo.cases.pages.acts import grounds_in_force
from kirjaamo.cases.pages.arrival_shown import alike_rows, differences, end_facts, facts_of, files_of
from kirjaamo.documents.actions import is_sealed
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.organisation.units import UNITS
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from kirjaamo.organisation.models import Unit, User
    from kirjaamo.tos.models import ClassRevision

TYPED = (
    "haku", "luokka", "title", "title_open", "sender_kind", "sender", "agent", "email", "business_id", "personal_id", "unit",
    "language", "due_on", "opens_on", "opens_time", "type", "publicity", "ground", "reason",
)  # fmt: skip
"""The fields whose typed text is kept when the work is left half done."""


@dataclass(frozen=True)
class Choice:
    """The class as far as it is chosen: what was searched, what it gave, and the one that was picked."""

    text: str
    hits: Sequence[ClassRevision]
    chosen: ClassRevision | None


def choice_of(given: Mapping[str, Any], suggestion: str = "") -> Choice:
    """Read the choice of a class. A pick counts for the search that it answers; a code, or the only hit, is picked by itself."""
    found = classes.in_use(timezone.localdate())
    text = str(given.get("haku", "")).replace("\x00", "")[:200].strip()
    code, answered = str(given.get("luokka", "")), str(given.get("haettu", ""))
    hits = classes.find(text or suggestion, found)
    picked = next((row for row in found if row.code == code), None)
    if picked is not None and (not text or text == answered or picked in hits):
        return Choice(text, hits if picked in hits else [picked, *hits], picked)
    exact = [row for row in hits if row.code == " ".join(text.split())]
    return Choice(text, hits, exact[0] if exact else hits[0] if text and len(hits) == 1 else None)


@page(needs="cases.register")
def case_new(request: HttpRequest) -> HttpResponse:
    """Register what came by post, at the counter or by telephone; a form sent twice leads to the one case that it made."""
    return _screen(request, None)


@page(needs="cases.register")
def arrival(request: HttpRequest, arrival: int) -> HttpResponse:
    """Register an arrival of the queue; one that has ended shows how."""
    row = arrival_or_404(arrival)
    if not row.is_waiting and request.method != "POST":
        return render(request, "cases/arrival_ended.html", _about(row) | {"crumbs": _crumbs(row), "facts": end_facts(row)})
    return _screen(request, row)


def arrival_or_404(key: int) -> Arrival:
    """The arrival of an address, with its files (two statements)."""
    rows = Arrival.objects.annotate(sender_hidden=hidden_sender()).select_related("unit", "case", "mailbox", "outage")
    row = rows.prefetch_related("files").filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def _screen(request: HttpRequest, row: Arrival | None) -> HttpResponse:
    kept = drafts.typed_of(row) if row is not None and request.method != "POST" else {}
    choice = choice_of(next((told for told in (request.POST, request.GET) if told.get("luokka") or told.get("haku")), kept), _words_of(row))
    form = _form(request, row, choice, kept)
    if request.method == "POST":
        done = _posted(request, row, form)
        if done is not None:
            return done
        fresh = arrival_or_404(row.pk) if row else None
        if fresh is not None and (not fresh.is_waiting or fresh.version != form.sent_version):
            return _both(request, fresh, form, choice)
    values = _values(request, row, form, choice)
    return render(request, "cases/register.html", values, status=422 if request.method == "POST" else 200)


def _posted(request: HttpRequest, row: Arrival | None, form: RegisterForm) -> HttpResponse | None:
    """Do what was sent; None when the form must be shown again."""
    user = cast("User", request.user)
    if row is not None:
        row.version = form.sent_version
        if request.POST.get("do") == "keep":
            typed = {name: str(request.POST.get(name, "")) for name in TYPED}
            return _kept(request, row) if attempt(form, lambda: actions.keep_draft(row, typed, version=row.version, actor=user)) else None
    made: list[str] = []
    if not (form.is_valid() and attempt(form, lambda: made.append(actions.register(told_by(form, row), actor=user)))):
        return None
    case_url = reverse("case", args=[address_of(made[0])])
    sentence = _("Asia on kirjattu tunnuksella %(identifier)s.") % {"identifier": "{}"}
    messages.success(request, format_html(sentence, format_html('<a href="{}">{}</a>', case_url, made[0])))
    if row is not None:
        return redirect(next_of(row))
    return redirect("case_new") if request.POST.get("do") == "next" else redirect(case_url)


def _kept(request: HttpRequest, row: Arrival) -> HttpResponse:
    messages.success(request, _("Keskeneräinen kirjaus on tallessa. Saapunut odottaa jonossa."))
    return redirect(next_of(row))


def next_of(row: Arrival) -> str:
    """Where to go on: the next waiting arrival of the queue, else the first one, else the empty queue (one statement)."""
    waiting = list(
        Arrival.objects.filter(state=ArrivalState.WAITING).exclude(pk=row.pk).order_by("counts_at", "id").values_list("counts_at", "pk")
    )
    later = next((key for counts_at, key in waiting if (counts_at, key) > (row.counts_at, row.pk)), waiting[0][1] if waiting else None)
    return reverse("arrival", args=[later]) if later else reverse("arrivals")


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do one act, which is a transaction of its own; what is refused becomes an error of the form."""
    try:
        act()
    except KirjaamoError as error:
        field = error.field if isinstance(error, Refused) and error.field in form.fields else None
        form.add_error(field, str(error))
    except IntegrityError as error:
        sentence = sentence_of(error)
        if not sentence:
            raise
        form.add_error(None, sentence)
    else:
        return True
    return False


def _form(request: HttpRequest, row: Arrival | None, choice: Choice, kept: Mapping[str, str]) -> RegisterForm:
    """The form for the chosen class, filled from the arrival and from what was kept."""
    units = UNITS()
    own = _unit_of(choice.chosen, units, row)
    first = _from_arrival(row) | {name: value for name, value in kept.items() if value}
    form = RegisterForm(
        request.POST or None,
        request.FILES or None,
        revision=choice.chosen,
        units=units,
        grounds=grounds_in_force(),
        unit=own or cast("User", request.user).unit,
        arrival=row,
        initial=first,
    )
    form.unit_rows = {str(unit.pk): unit for unit in units}
    sent = str(request.POST.get("version", ""))
    form.sent_version = int(sent) if sent.isdecimal() and len(sent) < 10 else (row.version if row else 0)  # noqa: PLR2004 - a whole number
    return form


def _unit_of(chosen: ClassRevision | None, units: Sequence[Unit], row: Arrival | None) -> Unit | None:
    """The unit that an arrival was routed to, else the one that the plan names for the class."""
    if row is not None and row.unit_id is not None:
        return next((unit for unit in units if unit.pk == row.unit_id), None)
    if chosen is None:
        return None
    told = {one.unit_id for one in chosen.function_class.responsible.all()}
    return next((unit for unit in units if unit.pk in told), None)


def _from_arrival(row: Arrival | None) -> dict[str, Any]:
    if row is None:
        return {}
    known = SubjectKind.PERSON.value if row.sender_name or row.sender_email else "anonymous"
    return {
        "title": drafts.title_of(row.subject),
        "sender": row.sender_name or ("" if is_hidden(row) else row.sender_email),
        "sender_kind": known,
        "email": "" if is_hidden(row) else row.sender_email,
        "language": row.language,
        "version": row.version,
    }


def _words_of(row: Arrival | None) -> str:
    return drafts.title_of(row.subject) if row else ""


def told_by(form: RegisterForm, row: Arrival | None) -> actions.Registration:
    """What a valid form tells."""
    data = form.cleaned_data
    arrived = form.moment("arrived_on", "arrived_time")
    assert arrived is not None  # noqa: S101 - the day is a field that must be filled, or the arrival's own
    assert form.revision is not None  # noqa: S101 - a form without class is not valid
    named = data["sender_kind"] != "anonymous"
    return actions.Registration(
        revision=form.revision,
        unit=form.unit_rows[data["unit"]],
        title=data["title"],
        public_title=data["title"] if data["title_open"] == "yes" else "",
        way=Way(row.way if row else data["way"]),
        arrived_at=min(arrived, timezone.now()),
        document=form.draft(data["title"], data["language"]),
        sender=_sender_of(data, row) if named else actions.Sender(),
        agent=actions.Sender(name=data["agent"]) if data["agent"] else actions.Sender(),
        stage=next((node for node in form.nodes if node.kind == "stage"), None),
        due_on=data["due_on"],
        language=data["language"],
        key=data["key"],
        waiting=row,
        named=named,
    )


def _sender_of(data: Mapping[str, Any], row: Arrival | None) -> actions.Sender:
    """The sender as typed; telephone and address come from the arrival when it is its sender still."""
    same = row is not None and row.sender_name == data["sender"]
    reached = {"telephone": row.sender_telephone, "address": row.sender_address} if row is not None and same else {}
    return actions.Sender(
        name=data["sender"],
        kind=SubjectKind(data["sender_kind"]),
        personal_id=data["personal_id"],
        business_id=data["business_id"],
        email=data["email"] or (row.sender_email if row is not None and same and is_hidden(row) else ""),
        **reached,
    )


def _crumbs(row: Arrival | None) -> list[Crumb]:
    here = row.identifier if row else _("Kirjaa asia")
    return [Crumb(_("Työtila"), reverse("work")), Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(here)]


def _about(row: Arrival | None) -> dict[str, object]:
    if row is None:
        return {"arrival": None}
    sealed = not row.is_waiting and any(is_sealed(file.sha256, timezone.now()) for file in row.files.all())
    return {"arrival": row, "about": facts_of(row), "files": [] if sealed else files_of(row), "sealed_now": sealed}


def _values(request: HttpRequest, row: Arrival | None, form: RegisterForm, choice: Choice) -> dict[str, object]:
    asked = _asked(form, row)
    values = {"form": form, "choice": choice, "crumbs": _crumbs(row), "alike": alike_rows(alike(asked, actor_of(request)), row)}
    return (
        values | _about(row) | {"more": len(form.errors) > 0, "tail": _tail_open(form), "sealed": _filled(form, "opens_on", "opens_time")}
    )


def _tail_open(form: RegisterForm) -> bool:
    """Whether a field of the part that is seldom filled has something or is wrong: then it stands open."""
    return _filled(form, "agent", "business_id", "personal_id", "due_on")


def _filled(form: RegisterForm, *names: str) -> bool:
    return any(form[name].value() or form[name].errors for name in names)


def _asked(form: RegisterForm, row: Arrival | None) -> Asked:
    def now(name: str) -> str:
        return str(form[name].value() or "").replace("\x00", "")[:300]

    return Asked(now("title"), now("sender"), now("email"), now("business_id"), now("language") or "fi", row)


def _both(request: HttpRequest, fresh: Arrival, form: RegisterForm, choice: Choice) -> HttpResponse:
    """Show what the other person saved beside what this one typed; the form stays, so that nothing is lost."""
    values = _values(request, fresh, form, choice)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(fresh.version)  # type: ignore[index]
    values |= {"both": differences(fresh, request.POST, form), "ended": end_facts(fresh) if not fresh.is_waiting else None}
    return render(request, "cases/register.html", values, status=409)


@page(needs="cases.register")
def class_part(request: HttpRequest) -> HttpResponse:
    """The classes that the words point at and the fields that hang on the first of them, while one types (htmx)."""
    if request.method != "POST":
        return HttpResponse(status=405)
    row = _row_of(request)
    choice = choice_of(request.POST)
    if choice.chosen is None and choice.hits and choice.text:
        choice = Choice(choice.text, choice.hits, choice.hits[0])
    form = _form_of_typed(request, row, choice)
    return render(request, "cases/class_part.html", {"form": form, "choice": choice})


@page(needs="cases.register")
def alike_part(request: HttpRequest) -> HttpResponse:
    """What resembles the arrival, while one types (htmx). Sent as a form, so that nothing typed stands in an address."""
    if request.method != "POST":
        return HttpResponse(status=405)
    row = _row_of(request)
    told = {
        name: str(request.POST.get(name, "")).replace("\x00", "")[:300] for name in ("title", "sender", "email", "business_id", "language")
    }
    asked = Asked(told["title"], told["sender"], told["email"], told["business_id"], told["language"] or "fi", row)
    return render(request, "cases/alike_part.html", {"alike": alike_rows(alike(asked, actor_of(request)), row)})


def _row_of(request: HttpRequest) -> Arrival | None:
    key = request.POST.get("arrival", "")
    return arrival_or_404(int(key)) if key.isdecimal() and len(key) < 18 else None  # noqa: PLR2004 - digits of a key


def _form_of_typed(request: HttpRequest, row: Arrival | None, choice: Choice) -> RegisterForm:
    """The form with what stands in it, without judging it yet; what hangs on the class starts anew for a new class."""
    units = UNITS()
    own = _unit_of(choice.chosen, units, row)
    kept = {name: str(request.POST[name]) for name in ("language",) if name in request.POST}
    return RegisterForm(
        revision=choice.chosen,
        units=units,
        grounds=grounds_in_force(),
        unit=own or cast("User", request.user).unit,
        arrival=row,
        initial=kept,
    )
