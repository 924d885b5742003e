"""The public form: make contact about an apprenticeship."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.registers.education.apprenticeships.choices import ContactRole
from kirjaamo.requests.fields import IDENTITY_IN_TEXT, KeyField, PlainField, ProseField
from kirjaamo.values.personal_id import find_personal_ids


class ContactForm(forms.Form):
    """What is asked of someone who wants an apprenticeship. No identity code is asked on an open form."""

    role = forms.TypedChoiceField(label=_("Kuka olet"), choices=ContactRole.choices, coerce=ContactRole)
    name = PlainField(label=_("Nimesi"), max_length=200)
    email = forms.EmailField(label=_("Sähköposti"), max_length=254)
    telephone = PlainField(label=_("Puhelin"), required=False, max_length=40)
    employer_name = PlainField(
        label=_("Työnantajan nimi"), required=False, max_length=200, help_text=_("Työnantajan on kerrottava nimensä.")
    )
    trade = PlainField(label=_("Ala tai tutkinto"), max_length=200, help_text=_("Esimerkiksi ravintola-ala"))
    information = ProseField(label=_("Mistä on kyse"), required=False, rows=5, max_length=2000)
    key = KeyField()

    def clean(self) -> dict[str, Any]:
        """Ask an employer who it is, and keep identity codes out of open text (1050/2018 § 29)."""
        data = super().clean() or {}
        for name in ("name", "employer_name", "trade", "information"):
            if find_personal_ids(data.get(name, "") or ""):
                self.add_error(name, IDENTITY_IN_TEXT)
        if data.get("role") == ContactRole.EMPLOYER and not data.get("employer_name") and "employer_name" not in self.errors:
            self.add_error("employer_name", _("Kirjoita työnantajan nimi."))
        return data
