"""The form by which a decision is put on view: what the web shows of it, without needless personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.arrivals.titles import names_in
from kirjaamo.cases.forms import Act, Line, Lines
from kirjaamo.ui.forms import DateField


class PublishForm(Act):
    """A title and a text for the web. A party's name is asked about: only what is needed for knowing what was decided may stand there."""

    title = Line(label=_("Otsikko verkossa"), max_length=300)
    text = Lines(
        label=_("Mitä päätettiin"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Vain välttämättömät henkilötiedot (kuntalaki 140 §). Jätä pois nimet, osoitteet ja salassa pidettävä."),
    )
    published_on = DateField(label=_("Nähtävillä alkaen"))
    named = forms.BooleanField(label=_("Nimi on tiedonsaannin kannalta välttämätön"), required=False)

    def __init__(self, *args: Any, names: Sequence[str], secret: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("published_on", timezone.localdate())
        super().__init__(*args, **kwargs)
        self.names = names
        if secret:
            del self.fields["title"], self.fields["text"], self.fields["named"]
        elif not (self.is_bound and self._found()):
            self.fields["named"].widget = forms.HiddenInput()

    def _found(self) -> list[str]:
        """Names of the parties in what was written."""
        told = f"{self.data.get('title', '')} {self.data.get('text', '')}"
        known = {part for name in self.names for part in name.split()}
        return [word for word in names_in(told, self.names) if set(word.split()) & known or word in known]

    def clean(self) -> dict[str, Any]:
        """A party's name stands there only when the person says that it must (KuntaL 410/2015 § 140.2)."""
        data = super().clean() or self.cleaned_data
        found = self._found() if "text" in self.fields else []
        if found and not data.get("named"):
            sentence = _("Tekstissä näyttää olevan asianosaisen nimi (%(names)s). Poista se, tai vahvista alla, että se on välttämätön.")
            self.add_error("text", sentence % {"names": ", ".join(found)})
        return data
