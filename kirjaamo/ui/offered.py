"""The public pages of registers that anyone may use: told by their declarations, listed where one begins to deal with the city."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from kirjaamo.ui.parts import ListRow


@dataclass(frozen=True, slots=True)
class Offer:
    """A page by its route, with what it is called and what one can do there (in the reader's language when it is shown)."""

    route: str
    title: object
    text: object


OFFERS: list[Offer] = []


def offer(route: str, title: object, text: object) -> None:
    """Say what a register offers to anyone (called by its declaration)."""
    OFFERS.append(Offer(route, title, text))


def offered() -> list[ListRow]:
    """What is offered here, by title; a page whose addresses are not served is left out."""
    rows = []
    for one in OFFERS:
        try:
            rows.append(ListRow(str(one.title), reverse(one.route), str(one.text)))
        except NoReverseMatch:
            continue
    return sorted(rows, key=lambda row: str(row.title))
