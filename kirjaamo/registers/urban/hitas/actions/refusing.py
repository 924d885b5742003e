"""How the rules' problems become refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem


class AlreadyConfirmed(Conflict):
    """A calculation or a run is confirmed only once."""

    code = "hitas.already_confirmed"
    sentence = _("Laskelma on jo vahvistettu. Vahvistettua laskelmaa ei voi muuttaa.")


@contextmanager
def told(section: str = "", field: str | None = None) -> Iterator[None]:
    """Say a problem of the rules as a refusal with its rule, in the reader's language; `section` names the row that it rests on."""
    try:
        yield
    except HitasProblem as problem:
        rule = problem.rule(get_language() or "fi")
        where = f"{rule}; {section}" if section else rule
        raise Refused(sentence_of(problem), code=f"hitas.{problem.code}", section=where, field=field) from problem


def sentence_of(problem: HitasProblem) -> object:
    """The problem as a text that is told in the language of whoever reads it."""

    class Sentence:
        def __str__(self) -> str:
            return problem.message(get_language() or "fi")

    return lazystr(Sentence())
