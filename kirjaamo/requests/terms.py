"""The clocks of a request: counted from the dated rows of `norms`, kept on the request with every step of the counting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.norms import clocks
from kirjaamo.requests.kinds import KINDS, KindFacts, facts_of
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.clock import local_day
from kirjaamo.values.dated_step import DatedStep, explain
from kirjaamo.values.deadline_rules import StartEvent
from kirjaamo.values.deadlines import Deadline, count

LANGUAGES = ("fi", "sv", "en")


def first(kind: str, heading: str, start: dt.datetime) -> Deadline:
    """The time in which a request of a kind is answered, counted from its arrival."""
    return clocks.due(facts_of(kind, heading).term, start)


def longer(kind: str, term: str, start: dt.datetime, reason: str, at: dt.datetime) -> Deadline:
    """The longer time, for one of the reasons that the law knows for the kind.

    Under the Openness Act it is counted from the same arrival; under the GDPR the two further months run on from the end
    of the first, and may be taken only before that end. # JulkL 621/1999 § 14.4, EU 2016/679 art. 12(3)
    """
    facts = KINDS[kind]
    if not facts.longer_term or term != facts.term or reason not in facts.reasons:
        raise Refused(
            _("Tämän pyynnön määräaikaa ei voi jatkaa tällä perusteella."), code="requests.no_extension", section=facts.law, field="reason"
        )
    if not facts.adds_up:
        return clocks.lengthen(facts.term, facts.longer_term, start, reason, at, facts.reasons)
    return _added(facts, start, reason, at)


def _added(facts: KindFacts, start: dt.datetime, reason: str, at: dt.datetime) -> Deadline:
    before = clocks.due(facts.term, start)
    day = local_day(at)
    if day > before.strict_due:
        sentence = _("Jatkosta on kerrottava ensimmäisen määräajan kuluessa, ja se on jo päättynyt. Vastaa pyyntöön viipymättä.")
        raise Refused(sentence, code="requests.extension_late", section="EU 2016/679 12 art. 3 kohta", field="reason")
    rule = replace(clocks.rule(facts.longer_term, day), starts_from=StartEvent.EVENT)
    found = count(rule, before.strict_due, FinnishCalendar())
    step = DatedStep(day, "extended", (("strict_due", before.strict_due),), rule.legal_basis)
    return replace(found, steps=(*before.steps, step, *found.steps), extends=before, extension_reason=reason)


def as_data(deadline: Deadline, reason: str = "") -> dict[str, Any]:
    """What a request keeps of a deadline: both dates, the steps and the reason of an extension."""
    return {
        "code": deadline.rule.code,
        "strict": deadline.strict_due.isoformat(),
        "legal": deadline.legal_last_day.isoformat(),
        "steps": [step.as_data() for step in deadline.steps],
        "reason": reason,
    }


def told_steps(data: Mapping[str, Any]) -> list[tuple[dt.date | None, dict[str, str], str]]:
    """The steps of a kept deadline: the day, the sentence in each language, the section of law."""
    steps = [DatedStep.from_data(one) for one in data["steps"]]
    return [(step.day, {lang: explain(replace(step, law=""), lang) for lang in LANGUAGES}, step.law) for step in steps]
