"""From an address to a register, a kind and a record, for who may see them; and the path that stands above its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.contract.register import REGISTERS, Register
from kirjaamo.ui.access import actor_of
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor


def open_register(request: HttpRequest, slug: str) -> Register:
    """The register of an address, for who may read it."""
    register = REGISTERS.get(slug)
    if register is None:
        raise Http404
    if not actor_of(request).may(register.read, register):
        raise PermissionDenied(register.read)
    return register


def open_kind(register: Register, kind: str) -> type[Record]:
    """The kind of record of an address."""
    model = register.kind(kind)
    if model is None:
        raise Http404
    return model


def open_record(register: Register, kind: str, key: int, actor: Actor) -> Record:
    """The record of an address, when the actor may see it."""
    row: Record | None = register.rows(open_kind(register, kind), actor).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def crumbs(register: Register | None = None, *more: Crumb) -> list[Crumb]:
    """The path to a page of registers."""
    first = [Crumb(_("Rekisterit"), reverse("registers"))]
    return first + ([Crumb(str(register.title), reverse("register", args=[register.slug])), *more] if register else [])
