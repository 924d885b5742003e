"""Forms of those who keep the description."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.importing import MAX_BYTES
from kirjaamo.organisation.models import Unit
from kirjaamo.ui.forms import FileField
from kirjaamo.ui.languages import pick


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


class PageForm(forms.Form):
    """A saved page of a published description."""

    page = FileField(label=_("Tallennettu sivu"), endings=["txt", "html", "htm"], most=MAX_BYTES)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit by its title in the reader's language."""

    def label_from_instance(self, obj: Unit) -> str:
        """Show the title."""
        return pick(obj.title).text


class DecideForm(forms.Form):
    """The unit that decides on giving what an accepted thing holds, where the page names none."""

    decider = UnitField(
        queryset=Unit.objects.all(),
        required=False,
        label=_("Kuka päättää tiedon antamisesta, jos sivu ei nimeä omistajaa?"),
        empty_label=_("Kirjaamo"),
    )
