"""How the rules' problems become refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import BadInput, Conflict, OutOfOrder, Refused
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem, Kind


class AlreadyConfirmed(Conflict):
    """A calculation or a run is confirmed only once: says which one was first and when, so that nobody does it over."""

    code = "hitas.already_confirmed"
    sentence = _("Toinen käyttäjä ehti vahvistaa ensin. Sinun ei tarvitse tehdä mitään.")

    def __init__(self, sentence: object = "") -> None:
        """Keep the sentence that names what was confirmed."""
        super().__init__()
        self.first = sentence

    def __str__(self) -> str:
        """The sentence in the language of the reader."""
        return str(self.first or self.sentence)


KINDS: dict[Kind, type[Refused]] = {Kind.RULE: Refused, Kind.LACKING: OutOfOrder, Kind.INPUT: BadInput}


@contextmanager
def told(field: str | None = None) -> Iterator[None]:
    """Say a problem of the rules as the refusal that it is, with its rule and the row behind it, in the reader's language."""
    try:
        yield
    except HitasProblem as problem:
        raise refusal(problem, field) from problem


def refusal(problem: HitasProblem, field: str | None = None) -> Refused:
    """A rule that refuses, something that is not known yet, or input that cannot be used: each with its rule."""
    rule = problem.rule(get_language() or "fi")
    return KINDS[problem.kind](sentence_of(problem), code=f"hitas.{problem.code}", section=rule, field=field)


def sentence_of(problem: HitasProblem) -> object:
    """The problem as a text that is told in the language of whoever reads it."""

    class Sentence:
        def __str__(self) -> str:
            return problem.message(get_language() or "fi")

    return lazystr(Sentence())
