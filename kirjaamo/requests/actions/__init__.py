"""What may be done to requests: send, search, answer, give, refuse, lengthen, transfer. Each is a step of the request's case."""

from __future__ import annotations

from kirjaamo.requests.actions.answering import answer, close, decide, lengthen, refuse, want_decision
from kirjaamo.requests.actions.giving import add_document, fetched, give, reply, write
from kirjaamo.requests.actions.handling import (
    identify,
    open_document,
    open_sealed,
    record_search,
    route,
    search,
    take,
    transfer,
)
from kirjaamo.requests.actions.looking import build_log_extract
from kirjaamo.requests.actions.own_data import build_package
from kirjaamo.requests.actions.sending import CLASS, send_request
from kirjaamo.requests.actions.steps import initiator

__all__ = [
    "CLASS",
    "add_document",
    "answer",
    "build_log_extract",
    "build_package",
    "close",
    "decide",
    "fetched",
    "give",
    "identify",
    "initiator",
    "lengthen",
    "open_document",
    "open_sealed",
    "record_search",
    "refuse",
    "reply",
    "route",
    "search",
    "send_request",
    "take",
    "transfer",
    "want_decision",
    "write",
]
