"""Forms of those who keep the description."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """Publish a version: why it goes out with facts that are not known, and a note for readers."""

    acknowledged = forms.CharField(
        label=_("Miksi kuvaus julkaistaan, vaikka kaikkea ei tiedetä?"),
        help_text=_("Perustelu jää julkaistuun versioon. Kerro, kuka selvittää puuttuvat tiedot ja mihin mennessä."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    note = forms.CharField(
        label=_("Mitä uutta tässä versiossa on?"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(self, *args: Any, unknown: int, **kwargs: Any) -> None:
        """Ask for the reason only when something is not known."""
        super().__init__(*args, **kwargs)
        if not unknown:
            del self.fields["acknowledged"]
