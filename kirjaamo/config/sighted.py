"""The gate of the use log: whatever answer shows a person what is not everyone's, a row of the log stands before it leaves.

One row for an answer, in one statement, also when no page has thought of it (TiHL 906/2019 § 17). An answer that shows nothing of
the kind writes nothing; nor does one that only leads on or says that something is not found. When the row cannot be written, the
answer does not leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, StreamingHttpResponse

from kirjaamo.cases.models import Case
from kirjaamo.cases.uses import people_of_case, purpose_of
from kirjaamo.contract.record import Record
from kirjaamo.kernel.sight import Sight, opened
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.ui.access import actor_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from kirjaamo.kernel.actors import Actor

Answer = Callable[[HttpRequest], "HttpResponseBase"]
OF_MANY = frozenset({"slug", "kind", "name", "form", "verb"})
"""Parameters of addresses that show many things; any other names one thing."""
AS_WORDS = ("text/html", "application/json", "text/csv")
UNREAD = 422
"""The answer to a form that is shown again."""


class UseNoted:
    """Gather what an answer puts in sight, and note it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, noted."""
        with opened() as sight:
            response = self.get_response(request)
            if not isinstance(response, StreamingHttpResponse):
                _note(request, response, sight)
                return response
        pieces = iter(cast("Iterator[bytes]", response.streaming_content))
        response.streaming_content = _watched(request, response, pieces, sight)
        return response


def _watched(request: HttpRequest, response: StreamingHttpResponse, pieces: Iterator[bytes], sight: Sight) -> Iterator[bytes]:
    """The pieces of a long answer, noted at its end, whole or not."""
    with opened(sight):
        try:
            yield from pieces
        finally:
            _note(request, response, sight)


def _note(request: HttpRequest, response: HttpResponseBase, sight: Sight) -> None:
    shown = 200 <= response.status_code < 300 or response.status_code == UNREAD  # noqa: PLR2004 - classes of answers
    if not shown:
        return
    if isinstance(sight.first, Case) and not _in_words(response):
        sight.subjects.update(people_of_case(sight.first))  # a file of a case is about its parties
    if sight.owes and (actor := _actor(request)).actor_ref != "public":
        note(_use(request, response, sight, actor), actor=actor)


def _in_words(response: HttpResponseBase) -> bool:
    """Whether the answer is a page or data, and no file."""
    return response.headers.get("Content-Type", "").startswith(AS_WORDS)


def _actor(request: HttpRequest) -> Actor:
    """Who reads: the account of a token where the interface took one, else the one who is signed in."""
    caller = getattr(request, "auth", None)
    return cast("Actor", caller) if hasattr(caller, "actor_ref") else actor_of(request)


def _use(request: HttpRequest, response: HttpResponseBase, sight: Sight, actor: Actor) -> Use:
    first, match = sight.first, request.resolver_match
    of_one = match is not None and bool(set(match.kwargs) - OF_MANY)
    case = first if isinstance(first, Case) else None
    verb = _verb(request, response, of_one=of_one)
    about = first.sight_label() if first is not None and (of_one or len(sight.kept) == 1) else ""
    return Use(
        verb,
        first.register.slug if isinstance(first, Record) else _room(request),
        _purpose(request, case, actor) if not isinstance(first, Record) else Purpose.REGISTER,
        about=about,
        place=(match.url_name or "") if match is not None else "",
        subjects=sight.subjects,
        count=1 if of_one else max(len(sight.kept), 1),
    )


def _verb(request: HttpRequest, response: HttpResponseBase, *, of_one: bool) -> UseVerb:
    if not _in_words(response):
        return UseVerb.FILE
    if of_one:
        return UseVerb.VIEW
    return UseVerb.SEARCH if request.GET.get("q") else UseVerb.LIST


def _room(request: HttpRequest) -> str:
    """The room whose page it is."""
    module = request.resolver_match.func.__module__ if request.resolver_match else ""
    return module.removeprefix("kirjaamo.").partition(".")[0]


def _purpose(request: HttpRequest, case: Case | None, actor: Actor) -> Purpose:
    """For what the person reads, from what they are to the case, else from the room and their rights; no statement is made."""
    if case is not None:
        return purpose_of(case, actor)
    if _room(request) == "requests":
        return Purpose.REQUEST
    if actor.may("cases.register"):
        return Purpose.REGISTERING
    return Purpose.OVERSIGHT if actor.may("use_log.read") else Purpose.OTHER
