"""The form by which a person tells what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import Act, Line, Lines, offer
from kirjaamo.ui.forms import DateField


class EventForm(Act):
    """What happened, when, and how it is known."""

    trigger = forms.ChoiceField(label=_("Mikä tapahtui?"))
    on = DateField(
        label=_("Milloin?"), required=False, help_text=_("Jätä tyhjäksi, jos aiemmin kerrottu päivä oli väärä eikä oikeaa vielä tiedetä.")
    )
    source = Line(label=_("Mistä tieto on?"), max_length=120, required=False)
    note = Lines(label=_("Lisätieto"), max_length=1000, required=False)

    field_order = ("trigger", "on", "source", "note", "key")

    def __init__(self, *args: Any, triggers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "trigger", [("", _("Valitse")), *triggers])
