"""Which rows of the navigation a person sees: one question each, asked of their rights."""

from __future__ import annotations

from django.http import HttpRequest

from kirjaamo.contract.register import REGISTERS
from kirjaamo.ui.access import actor_of


def reads_cases(request: HttpRequest) -> bool:
    """Whether the case register is theirs to read."""
    return actor_of(request).may("cases.read")


def registers_cases(request: HttpRequest) -> bool:
    """Whether they register what arrives."""
    return actor_of(request).may("cases.register")


def minds_boxes(request: HttpRequest) -> bool:
    """Whether they mind the closed boxes of the intake."""
    return actor_of(request).may("boxes.mind")


def works_with_parties(request: HttpRequest) -> bool:
    """Whether they record parties."""
    return actor_of(request).may("subjects.write")


def reads_requests(request: HttpRequest) -> bool:
    """Whether requests are theirs to see."""
    return actor_of(request).may("requests.read")


def reads_registers(request: HttpRequest) -> bool:
    """Whether they work in registers."""
    actor = actor_of(request)
    return any(actor.may(register.read, register) for register in REGISTERS.values())


def imports_catalog(request: HttpRequest) -> bool:
    """Whether they bring published pages in."""
    return actor_of(request).may("catalog.import")


def publishes_catalog(request: HttpRequest) -> bool:
    """Whether they publish the description."""
    return actor_of(request).may("catalog.publish")


def reads_plan(request: HttpRequest) -> bool:
    """Whether they read the plan's drafts."""
    return actor_of(request).may("tos.read")


def reads_retention(request: HttpRequest) -> bool:
    """Whether they see what falls due."""
    return actor_of(request).may("retention.read")


def manages(request: HttpRequest) -> bool:
    """Whether accounts, settings and stored files are theirs to look after."""
    return actor_of(request).may("organisation.manage")


def oversees_reading(request: HttpRequest) -> bool:
    """Whether the use log is theirs to look into."""
    return actor_of(request).may("use_log.read")
