"""The public forms: ask for a room, apply for a standing turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.registers.education.premises.choices import Activity, Weekday
from kirjaamo.registers.education.premises.models import Room, Wish
from kirjaamo.registers.education.premises.rules import times
from kirjaamo.registers.education.premises.rules.problems import RuleError
from kirjaamo.registers.education.premises.sent_in import WHO
from kirjaamo.requests.fields import IDENTITY_IN_TEXT, KeyField, PlainField
from kirjaamo.ui.forms import DateField
from kirjaamo.values.personal_id import find_personal_ids


class ClockField(forms.CharField):
    """A time of day as it is typed: 18 or 18.30."""

    def __init__(self, **kwargs: Any) -> None:
        """Five characters are enough."""
        super().__init__(max_length=9, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": "6"}

    def clean(self, value: Any) -> dt.time | None:
        """The time, nothing when none is needed, or what to write."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return times.parse_clock(text)
        except RuleError as error:
            raise forms.ValidationError(error.problem.sentence.pick(get_language() or "fi"), code="clock") from error


class SenderForm(forms.Form):
    """Who sends a public form and what for. No identity code is asked on an open form."""

    headcount = forms.IntegerField(label=_("Osallistujia"), min_value=1, max_value=2000)
    purpose = PlainField(label=_("Mihin tilaa käytetään?"), max_length=200)
    self_supervised = forms.BooleanField(
        label=_("Käytämme tilaa omatoimisesti ilman kaupungin valvojaa"), required=False, help_text=_("Omatoiminen käyttö on edullisempaa.")
    )
    organisation = PlainField(label=_("Seuran tai yhteisön nimi"), required=False, max_length=200)
    name = PlainField(label=_("Vastuuhenkilön nimi"), max_length=200, help_text=_("Hän on paikalla koko käytön ajan."))
    email = forms.EmailField(label=_("Sähköposti"), max_length=254)
    telephone = PlainField(label=_("Puhelin"), required=False, max_length=40)
    customer_number = PlainField(
        label=_("Asiakasnumero"),
        required=False,
        max_length=20,
        help_text=_("Jos olet jo asiakas. Uuden asiakkaan rekisteröimme ennen vahvistusta."),
    )
    adult = forms.BooleanField(label=_("Vastuuhenkilö täyttää ikärajan ja hyväksyy käyttöehdot"))
    key = KeyField()

    def clean(self) -> dict[str, Any]:
        """Keep identity codes out of open text (1050/2018 § 29)."""
        data = super().clean() or {}
        for name in ("purpose", "organisation", "name", "customer_number"):
            if find_personal_ids(data.get(name, "") or ""):
                self.add_error(name, IDENTITY_IN_TEXT)
        return data

    def sender(self) -> dict[str, Any]:
        """What both forms tell of the sender."""
        told = {name: self.cleaned_data[name] for name in WHO if name != "language"}
        return told | {"key": self.cleaned_data["key"], "language": get_language() or "fi"}


class AskForm(SenderForm):
    """What is asked of someone who wants a room."""

    field_order = ("day", "start", "end")
    day = DateField(label=_("Päivä"))
    start = ClockField(label=_("Alkaa"), help_text=_("Esimerkiksi 18 tai 18.30"))
    end = ClockField(label=_("Päättyy"), help_text=_("Varaa myös aika järjestämiseen ja siivoamiseen."))


WISHES = 3
PARTS = ("room", "weekday", "start", "end")


class TurnForm(SenderForm):
    """What is asked of someone who applies for a standing turn: up to three wishes, the most important first."""

    field_order = (*(f"{part}_{number}" for number in range(1, WISHES + 1) for part in PARTS), "activity")
    activity = forms.ChoiceField(
        label=_("Millaista toiminta on?"),
        choices=[("", "–"), *Activity.choices],
        help_text=_("Vuorot jaetaan toiminnan mukaisessa järjestyksessä."),
    )

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        """Take the rooms that may be wished for, and give each wish its four fields."""
        self.rooms = {str(one.pk): one for one in rooms}
        super().__init__(*args, **kwargs)
        schools: dict[str, list[tuple[str, str]]] = {}
        for one in rooms:
            told = _("%(name)s, enintään %(most)s henkilöä") % {"name": one.name, "most": one.capacity}
            schools.setdefault(one.school, []).append((str(one.pk), told))
        for number in range(1, WISHES + 1):
            self._add_wish(number, [("", "–"), *schools.items()])
        self.order_fields(self.field_order)

    def _add_wish(self, number: int, rooms: Sequence[Any]) -> None:
        needed, told = number == 1, {"number": number}
        days = [("", "–"), *Weekday.choices]
        self.fields[f"room_{number}"] = forms.ChoiceField(label=_("%(number)s. toive: tila") % told, choices=rooms, required=needed)
        self.fields[f"weekday_{number}"] = forms.ChoiceField(
            label=_("%(number)s. toive: viikonpäivä") % told, choices=days, required=needed
        )
        self.fields[f"start_{number}"] = ClockField(label=_("%(number)s. toive: alkaa") % told, required=needed)
        self.fields[f"end_{number}"] = ClockField(label=_("%(number)s. toive: päättyy") % told, required=needed)

    def clean(self) -> dict[str, Any]:
        """A wish is told whole or not at all, and ends after it starts."""
        data = super().clean()
        for number in range(1, WISHES + 1):
            told = {part: data.get(f"{part}_{number}") for part in PARTS}
            for part, value in told.items():
                if any(told.values()) and not value and f"{part}_{number}" not in self.errors:
                    self.add_error(f"{part}_{number}", _("Kerro toive kokonaan tai jätä se tyhjäksi."))
            if told["start"] and told["end"] and told["end"] <= told["start"]:
                given = {"span": times.span_text((told["start"], told["end"]))}
                self.add_error(f"end_{number}", _("Vuoron on päätyttävä alkamisensa jälkeen. Annoit ajan %(span)s.") % given)
        return data

    def wishes(self) -> list[Wish]:
        """The wishes that were told, in order."""
        data = self.cleaned_data
        return [
            Wish(
                room=self.rooms[data[f"room_{number}"]],
                weekday=data[f"weekday_{number}"],
                starts=data[f"start_{number}"],
                ends=data[f"end_{number}"],
            )
            for number in range(1, WISHES + 1)
            if data[f"room_{number}"]
        ]
