"""When the secrecy of a document ends, told in steps (JulkL 621/1999 § 31)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kirjaamo.values.dated_step import DatedStep
from kirjaamo.values.deadline_rules import Unit
from kirjaamo.values.deadlines import shift
from kirjaamo.values.language import Text3
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.publicity import EndKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EndRule:
    """How the secrecy of one ground ends, as a dated row of the ground tells it.

    `years` count from the document's date or from death; `fallback_years` count from the
    document's date when the death is not known; `event` names what ends the secrecy.
    `may_continue` marks grounds whose secrecy may last while the document is in use.
    """

    kind: EndKind
    years: int | None = None
    fallback_years: int | None = None
    event: Text3 | None = None
    may_continue: bool = False
    law: str = "JulkL 621/1999 31 §"

    def __post_init__(self) -> None:
        given = (self.years is not None, self.fallback_years is not None, self.event is not None)
        wanted = (
            self.kind in {EndKind.YEARS, EndKind.FROM_DEATH},
            self.kind is EndKind.FROM_DEATH,
            self.kind is EndKind.EVENT,
        )
        if given != wanted:
            raise ValueProblem("secrecy.end_rule")
        if any(years < 1 for years in (self.years, self.fallback_years) if years is not None):
            raise ValueProblem("secrecy.end_rule")


@dataclass(frozen=True, slots=True)
class SecrecyEnd:
    """The last day of secrecy and how it came; no day means that it lasts for the present.

    `review` says that a person has to confirm before the document is shown as public.
    """

    last_secret_day: date | None
    steps: tuple[DatedStep, ...]
    review: bool = False

    def secret_on(self, day: date) -> bool:
        """Whether the document is still secret on the day."""
        return self.last_secret_day is None or day <= self.last_secret_day


def secrecy_end(
    rule: EndRule,
    *,
    document_date: date | None = None,
    died_on: date | None = None,
    event_on: date | None = None,
) -> SecrecyEnd:
    """Compute the end of secrecy of one ground; what is not known keeps it secret.

    A document dated 1.3.2001 with 25 years is secret through 1.3.2026.
    On the day of an ending event it is no longer secret.
    """
    if rule.kind is EndKind.PERMANENT:
        return SecrecyEnd(None, (DatedStep(None, "secrecy_permanent", (), rule.law),))
    if rule.kind is EndKind.EVENT:
        end = _event_end(rule, event_on)
    elif rule.kind is EndKind.FROM_DEATH and died_on is not None:
        end = _years_end(rule, rule.years, died_on, "secrecy_death")
    elif rule.kind is EndKind.FROM_DEATH:
        end = _years_end(rule, rule.fallback_years, document_date, "secrecy_death_unknown")
    else:
        end = _years_end(rule, rule.years, document_date, "secrecy_starts")
    return _with_review(end, rule)


def latest(ends: list[SecrecyEnd]) -> SecrecyEnd:
    """Of the ends of several grounds give the one that keeps the document secret longest."""
    if not ends:
        raise ValueProblem("secrecy.no_ground")
    return max(ends, key=lambda end: end.last_secret_day or date.max)


def _years_end(rule: EndRule, years: int | None, start: date | None, key: str) -> SecrecyEnd:
    if start is None or years is None:
        return SecrecyEnd(None, (DatedStep(None, "secrecy_date_missing", (), rule.law),))
    last = shift(start, years, Unit.YEARS)
    ends = DatedStep(last, "secrecy_ends", (("years", years),), rule.law)
    return SecrecyEnd(last, (DatedStep(start, key), ends))


def _event_end(rule: EndRule, event_on: date | None) -> SecrecyEnd:
    params = (("event", rule.event or Text3("")),)
    if event_on is None:
        return SecrecyEnd(None, (DatedStep(None, "secrecy_until_event", params, rule.law),))
    step = DatedStep(event_on, "secrecy_event", params, rule.law)
    return SecrecyEnd(event_on - _DAY, (step,))


def _with_review(end: SecrecyEnd, rule: EndRule) -> SecrecyEnd:
    if not rule.may_continue or end.last_secret_day is None:
        return end
    step = DatedStep(None, "secrecy_may_continue", (), rule.law)
    return replace(end, steps=(*end.steps, step), review=True)
