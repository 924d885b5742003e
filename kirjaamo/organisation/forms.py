"""The sign-in form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Account name and password. Its page shows the errors at the top."""

    summary_shown = True

    username = forms.CharField(
        label=_("Käyttäjätunnus"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Salasana"), max_length=400, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """A code of the second factor. Its page shows the errors at the top."""

    summary_shown = True

    code = forms.CharField(
        label=_("Koodi"),
        max_length=40,
        help_text=_("Kuusi numeroa tunnistussovelluksesta."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
