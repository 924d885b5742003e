"""The form by which the use log is searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.organisation.oversight import Criteria, account_of
from kirjaamo.ui.forms import DateField

LEAST_REASON = 10
"""Characters of a reason that says something."""


class UseLogForm(forms.Form):
    """Who looked, at what, when; and why it is asked. At least one of them, and the reason always."""

    summary_shown = True

    person = forms.CharField(label=_("Kuka katsoi?"), max_length=200, required=False, help_text=_("Käyttäjätunnus tai koko nimi."))
    about = forms.CharField(label=_("Mitä katsottiin?"), max_length=120, required=False, help_text=_("Asian tai kohteen tunnus."))
    first = DateField(label=_("Alkaen"), required=False)
    last = DateField(label=_("Päättyen"), required=False)
    reason = forms.CharField(
        label=_("Miksi tutkit käyttölokia?"),
        max_length=2000,
        min_length=LEAST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Syy kirjataan käyttölokiin. Älä kirjoita tähän salassa pidettävää tietoa."),
        error_messages={"min_length": _("Kerro syy niin, että sen voi myöhemmin tarkastaa.")},
    )

    def clean_person(self) -> str:
        """Turn a name into the reference of the account; refuse one that nobody has, or several."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return ""
        found = account_of(text)
        if not found:
            raise forms.ValidationError(_("Tällaista käyttäjää ei ole. Tarkista käyttäjätunnus tai nimi."))
        if len(found) > 1:
            raise forms.ValidationError(_("Tämän niminen on useampi. Anna käyttäjätunnus."))
        return found[0].actor_ref

    def clean(self) -> dict[str, Any]:
        """Ask for at least one criterion, and for a period that runs forward."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Viimeinen päivä on ennen ensimmäistä."))
        if not self.errors and not any(data.get(name) for name in ("person", "about", "first", "last")):
            self.add_error(None, _("Anna ainakin yksi hakuehto: kuka, mitä tai milloin."))
        return data

    def criteria(self) -> Criteria:
        """What is looked for."""
        data = self.cleaned_data
        first, last = (data[name].isoformat() if data[name] else "" for name in ("first", "last"))
        return Criteria(data["reason"], data["person"], data["about"].strip(), first, last)
