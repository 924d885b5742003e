"""The form of a letter made from a pattern."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import DocumentFields, Line, Lines
from kirjaamo.documents.actions import Draft
from kirjaamo.documents.patterns import Written, unfilled


class LetterForm(DocumentFields):
    """To whom a letter goes and what it says; its type and publicity when it is new."""

    title = Line(label=_("Otsikko"), max_length=300)
    recipient = Lines(
        label=_("Vastaanottaja"),
        required=False,
        max_length=1000,
        help_text=_("Nimi ja osoite omille riveilleen. Turvakiellon alaista osoitetta ei tarjota."),
    )
    text = Lines(label=_("Teksti"), max_length=20_000, help_text=_("Tyhjä rivi erottaa kappaleet. Täytä hakasuluissa olevat kohdat."))

    field_order = ("title", "recipient", "text", "type", "publicity", "ground", "reason", "key")

    def __init__(self, *args: Any, pattern: str, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pattern, self.language = pattern, language
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 16})

    def clean_text(self) -> str:
        """A place in brackets that nobody filled in is named."""
        text: str = self.cleaned_data["text"]
        if place := unfilled(text):
            raise forms.ValidationError(_("Täytä kohta %(place)s tai poista se.") % {"place": place})
        return text

    def clean(self) -> dict[str, Any]:
        """A new letter has its publicity decided; a version keeps that of its document."""
        data = super().clean() or self.cleaned_data
        if "publicity" in self.fields:
            self.check_document()
        return data

    def only_text(self) -> None:
        """Ask only what the letter says: its document is there already."""
        for name in ("type", "publicity", "ground", "reason"):
            self.fields.pop(name, None)

    def written(self) -> Written:
        """The letter as written."""
        data = self.cleaned_data
        return Written(self.pattern, self.language, data["title"], data["recipient"], data["text"])

    def new(self) -> Draft:
        """The document to be."""
        self.cleaned_data["uploads"] = ()
        return self.draft(self.cleaned_data["title"], self.language)
