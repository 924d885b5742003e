"""The decision as a document: what was decided, why, by which provisions, and how it may be appealed (HL 434/2003 § 43–47)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import translation

from kirjaamo.decisions.letter_texts import told
from kirjaamo.documents.letter import Letter, Part, facts, heading, note, prose, signature
from kirjaamo.documents.marking import marking
from kirjaamo.norms import clocks
from kirjaamo.norms.models import AppealRoute
from kirjaamo.organisation.models import Unit
from kirjaamo.values.citations import cited
from kirjaamo.values.language import pick

if TYPE_CHECKING:
    from kirjaamo.decisions.models import Decision
    from kirjaamo.documents.actions import Metadata
    from kirjaamo.organisation.models import User


def decision_pdf(
    decision: Decision, routes: Sequence[AppealRoute], parties: Sequence[str], *, decider: User | None, at: dt.datetime, metadata: Metadata
) -> bytes:
    """The decision with its instructions; a draft says so and has no signature. `metadata`: what it is by its publicity."""
    lang, case = decision.language, decision.case
    rows = [
        (told("section", lang), str(decision)),
        (told("case", lang), f"{case.identifier} {case.title}"),
        (told("parties", lang), ", ".join(parties)),
        (told("power", lang), decision.power),
    ]
    parts: list[Part] = [] if decider else [note("", told("draft", lang))]
    parts.append(facts(rows))
    for name, text in (("operative", decision.operative), ("reasons", decision.reasons), ("provisions", decision.provisions)):
        parts += [heading(told(name, lang)), prose(text)]
    parts += [heading(told("prepared", lang)), prose(_contact(decision.prepared_by))]
    if decider:
        parts.append(signature(decider.name, pick(decision.unit.title, lang)))
    parts += [part for route in routes for part in _instruction(route, lang, at.date())]
    if any(route.term for route in routes):
        parts += [heading(told("registry", lang)), prose(_registry(lang))]
    return Letter(
        language=lang,
        at=at,
        title=decision.title,
        authority=pick(case.authority.name, lang),
        unit=pick(decision.unit.title, lang),
        identifier=case.identifier,
        parts=parts,
        footer=told("kind", lang),
        marking=marking(metadata.publicity, metadata.grounds, lang),
    ).pdf()


def _contact(official: User) -> str:
    return "\n".join(part for part in (official.name, official.email) if part)


def _registry(lang: str) -> str:
    """How the registry office is reached: where what is written in the time of appeal is delivered (HL 434/2003 § 47)."""
    office = Unit.objects.filter(is_registry_office=True).prefetch_related("contacts").first()
    if office is None:
        return "–"
    with translation.override(lang):
        reached = [f"{contact.get_kind_display()}: {pick(contact.value, lang)}" for contact in office.contacts.all()]
    return "\n".join([pick(office.title, lang), *reached])


def _instruction(route: AppealRoute, lang: str, on: dt.date) -> Iterator[Part]:
    """One way of appeal: where, by when and how its time runs, what to write, and by which section."""
    yield heading(pick(route.title, lang))
    if not route.term:
        yield prose(pick(route.addressee, lang))
        yield facts([(told("law", lang), cited(route.legal_basis, lang))])
        return
    yield facts(_rows(route, lang, on))


def _rows(route: AppealRoute, lang: str, on: dt.date) -> list[tuple[str, str]]:
    rule = clocks.rule(route.term, on)
    within = told("within", lang, amount=rule.amount, unit=told(rule.unit.value, lang))
    return [
        (told("where", lang), pick(route.addressee, lang)),
        (told("time", lang), "\n".join([within, *_known(route, lang, on)])),
        (told("what", lang), pick(route.contents, lang)),
        (told("law", lang), cited(route.legal_basis, lang)),
    ]


def instruction(code: str, lang: str, on: dt.date) -> tuple[str, Sequence[tuple[str, str]]]:
    """The instruction of a way of review for a register's own letter: its title and its rows, the registry office last (HL § 46–47).

    By the row of the way that is in force on a day, for every class; `TermMissing` when there is none.
    """
    held = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
    route = AppealRoute.objects.filter(*held, code=code, class_prefix="").order_by("-valid_from").first()
    if route is None:
        raise clocks.TermMissing(code)
    return pick(route.title, lang), [*_rows(route, lang, on), (told("registry", lang), _registry(lang))]


def _known(route: AppealRoute, lang: str, on: dt.date) -> Iterator[str]:
    """From when the decision is held to be known, by the rows in force."""
    letter, message = clocks.presumption(route.by_letter, on), clocks.presumption(route.by_message, on)
    yield told("known_letter", lang, days=letter.days, law=cited(letter.legal_basis, lang))
    yield told("known_message" if message.days else "known_message_0", lang, days=message.days, law=cited(message.legal_basis, lang))
