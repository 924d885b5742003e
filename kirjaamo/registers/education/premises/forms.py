"""The public form: ask for a room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.registers.education.premises.rules import times
from kirjaamo.registers.education.premises.rules.problems import RuleError
from kirjaamo.requests.fields import IDENTITY_IN_TEXT, KeyField, PlainField
from kirjaamo.ui.forms import DateField
from kirjaamo.values.personal_id import find_personal_ids


class ClockField(forms.CharField):
    """A time of day as it is typed: 18 or 18.30."""

    def __init__(self, **kwargs: Any) -> None:
        """Five characters are enough."""
        super().__init__(max_length=9, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": "6"}

    def clean(self, value: Any) -> dt.time:
        """The time, or what to write."""
        try:
            return times.parse_clock(super().clean(value))
        except RuleError as error:
            raise forms.ValidationError(error.problem.sentence.pick(get_language() or "fi"), code="clock") from error


class AskForm(forms.Form):
    """What is asked of someone who wants a room. No identity code is asked on an open form."""

    day = DateField(label=_("Päivä"))
    start = ClockField(label=_("Alkaa"), help_text=_("Esimerkiksi 18 tai 18.30"))
    end = ClockField(label=_("Päättyy"), help_text=_("Varaa myös aika järjestämiseen ja siivoamiseen."))
    headcount = forms.IntegerField(label=_("Osallistujia"), min_value=1, max_value=2000)
    purpose = PlainField(label=_("Mihin tilaa käytetään?"), max_length=200)
    self_supervised = forms.BooleanField(
        label=_("Käytämme tilaa omatoimisesti ilman kaupungin valvojaa"), required=False, help_text=_("Omatoiminen käyttö on edullisempaa.")
    )
    organisation = PlainField(label=_("Seuran tai yhteisön nimi"), required=False, max_length=200)
    name = PlainField(label=_("Vastuuhenkilön nimi"), max_length=200, help_text=_("Täysi-ikäinen, joka on paikalla koko käytön ajan."))
    email = forms.EmailField(label=_("Sähköposti"), max_length=254)
    telephone = PlainField(label=_("Puhelin"), required=False, max_length=40)
    customer_number = PlainField(
        label=_("Asiakasnumero"),
        required=False,
        max_length=20,
        help_text=_("Jos olet jo asiakas. Uuden asiakkaan rekisteröimme ennen vahvistusta."),
    )
    adult = forms.BooleanField(label=_("Vastuuhenkilö on täysi-ikäinen ja hyväksyy käyttöehdot"))
    key = KeyField()

    def clean(self) -> dict[str, Any]:
        """Keep identity codes out of open text (1050/2018 § 29)."""
        data = super().clean() or {}
        for name in ("purpose", "organisation", "name", "customer_number"):
            if find_personal_ids(data.get(name, "") or ""):
                self.add_error(name, IDENTITY_IN_TEXT)
        return data
