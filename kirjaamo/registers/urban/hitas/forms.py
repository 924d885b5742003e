"""The public form: ask for a maximum price."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.registers.urban.hitas.models import AskerRole
from kirjaamo.requests.fields import IDENTITY_IN_TEXT, KeyField, PlainField, ProseField
from kirjaamo.ui.forms import DateField
from kirjaamo.values.personal_id import find_personal_ids


class AskForm(forms.Form):
    """What is asked of someone who wants a maximum price. No identity code is asked on an open form."""

    door = PlainField(label=_("Huoneisto"), max_length=80, help_text=_("Rappu ja numero, esimerkiksi A 12"))
    role = forms.TypedChoiceField(label=_("Kuka pyytää"), choices=AskerRole.choices, coerce=AskerRole)
    name = PlainField(label=_("Nimesi"), max_length=200)
    email = forms.EmailField(label=_("Sähköposti"), max_length=254)
    telephone = PlainField(label=_("Puhelin"), required=False, max_length=40)
    loan = forms.DecimalField(
        label=_("Huoneiston osuus yhtiön lainoista, €"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("Isännöitsijäntodistuksesta. Jos osuutta ei ole, kirjoita 0. Jos et tiedä, jätä tyhjäksi."),
    )
    loan_on = DateField(label=_("Minkä päivän osuus on?"), required=False)
    information = ProseField(label=_("Lisätieto"), required=False, rows=4, max_length=2000)
    key = KeyField()

    def clean(self) -> dict[str, Any]:
        """Ask the day of a told loan, and keep identity codes out of open text (1050/2018 § 29)."""
        data = super().clean() or {}
        for name in ("door", "name", "information"):
            if find_personal_ids(data.get(name, "") or ""):
                self.add_error(name, IDENTITY_IN_TEXT)
        if data.get("loan") is not None and not data.get("loan_on") and "loan_on" not in self.errors:
            self.add_error("loan_on", _("Kirjoita päivä, jonka osuus on. Se on isännöitsijäntodistuksessa."))
        return data
