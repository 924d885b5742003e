"""The lines of the log: an error is told by its kind and place, never by its words, which may hold what was typed or what a row holds."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from kirjaamo.kernel.errors import KirjaamoError

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Lines(logging.Formatter):
    """Formats a record; of an exception the stack, the kinds of the chain and what names no value."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name that logging calls
        """Return the stack of an error and of what it came from, innermost first, without their messages."""
        return "\n".join(part for error in _chain(ei[1]) for part in (*traceback.format_tb(error.__traceback__), _kind(error)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """What was raised first, and then what was raised because of it."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _kind(error: BaseException) -> str:
    """The class; of the database its code and the constraint, of ours the code."""
    diagnosis = getattr(error, "diag", None)
    facts = (
        [error.code]
        if isinstance(error, KirjaamoError)
        else [getattr(error, "sqlstate", None), getattr(diagnosis, "constraint_name", None)]
    )
    told = " ".join(str(fact) for fact in facts if fact)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name}: {told}" if told else name
