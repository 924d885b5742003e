"""The forms of people who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.models import SearchKey
from kirjaamo.requests.fields import IDENTITY_IN_TEXT, KeyField, PlainField, ProseField
from kirjaamo.requests.kinds import KindFacts
from kirjaamo.requests.models import RequestKind
from kirjaamo.ui.languages import pick
from kirjaamo.values.personal_id import find_personal_ids

WHAT: Mapping[str, tuple[Any, Any]] = {
    RequestKind.DOCUMENT: (
        _("Mitä asiakirjaa tai tietoa pyydät?"),
        _("Kerro omin sanoin. Mitä tarkemmin yksilöit, sitä nopeammin tieto löytyy. Syytä ei tarvitse kertoa."),
    ),
    RequestKind.PARTY: (
        _("Mitä asiaa pyyntö koskee, ja mitä tietoa pyydät?"),
        _("Kerro myös, miten asia koskee sinua. Henkilötunnusta ei kirjoiteta tähän."),
    ),
    RequestKind.OWN_DATA: (
        _("Haluatko rajata pyyntöäsi?"),
        _("Voit jättää tyhjäksi: silloin haemme kaikki tietosi. Henkilötunnusta ei kirjoiteta tähän."),
    ),
    RequestKind.RECTIFICATION: (_("Mikä tieto on väärin, ja miten sen pitäisi olla?"), _("Henkilötunnusta ei kirjoiteta tähän.")),
    RequestKind.LOG_DATA: (
        _("Miltä ajalta ja mistä asioinnista haluat tiedot?"),
        _("Voit jättää tyhjäksi. Henkilötunnusta ei kirjoiteta tähän."),
    ),
    RequestKind.COMPILED: (
        _("Millaisen aineiston haluat koottavan?"),
        _("Kerro, mitä tietoja, miltä ajalta ja missä muodossa. Syytä ei tarvitse kertoa, kun aineisto on julkista."),
    ),
    RequestKind.STAGE: (
        _("Mitä asiaa kysymys koskee?"),
        _("Kerro asian tunnus, jos tiedät sen, tai mitä asia koskee ja milloin se tuli vireille."),
    ),
}
OPTIONAL = frozenset({RequestKind.OWN_DATA.value, RequestKind.LOG_DATA.value})
"""What is asked about oneself needs no other words: everything is meant."""


class AskForm(forms.Form):
    """The request form of an entry: its own questions, free text, and contact facts that may be left empty."""

    what = ProseField(required=False, max_length=20_000)
    name = PlainField(label=_("Nimi"), required=False, max_length=200)
    email = forms.EmailField(label=_("Sähköposti"), required=False, max_length=254)
    address = ProseField(label=_("Postiosoite"), required=False, rows=3, max_length=500)
    key = KeyField()

    def __init__(self, *args: Any, facts: KindFacts, keys: Sequence[SearchKey], **kwargs: Any) -> None:
        """Put the questions of the entry between the free text and the contact facts."""
        super().__init__(*args, **kwargs)
        self.facts, self.keys = facts, list(keys)
        label, hint = WHAT[facts.kind]
        self.fields["what"].label, self.fields["what"].help_text = label, hint
        for number, search_key in enumerate(self.keys):
            self.fields[f"q{number}"] = PlainField(label=pick(search_key.question or search_key.label).text, required=False, max_length=500)
        self._tell_contacts()
        self.order_fields(["what", *(f"q{number}" for number in range(len(self.keys))), "name", "email", "address", "key"])

    def _tell_contacts(self) -> None:
        if self.facts.needs_identity:
            self.fields["name"].help_text = _(
                "Nimi helpottaa yhteydenpitoa. Tunnistautuminen tehdään erikseen ennen kuin tietoja annetaan."
            )
        else:
            self.fields["name"].help_text = _("Voit pyytää nimettömänä.")
        self.fields["email"].help_text = _(
            "Jos haluat, että sinuun voidaan ottaa yhteyttä. Vastauksen näet aina pyyntösi omasta osoitteesta."
        )
        self.fields["address"].help_text = _("Vain jos haluat asiakirjat postitse.")

    @property
    def question_names(self) -> list[str]:
        """The names of the fields that are the entry's questions."""
        return [f"q{number}" for number in range(len(self.keys))]

    def clean(self) -> dict[str, Any]:
        """Ask for something to search by, and keep identity codes out of open text (1050/2018 § 29)."""
        data = super().clean() or {}
        for name in ["what", *self.question_names]:
            if find_personal_ids(data.get(name, "") or ""):
                self.add_error(name, IDENTITY_IN_TEXT)
        told = any(data.get(name) for name in ["what", *self.question_names])
        if not told and self.facts.kind.value not in OPTIONAL and not self.errors:
            self.add_error("what", _("Kerro, mitä pyydät: kirjoita tähän tai vastaa ainakin yhteen kysymykseen."))
        return data

    def answers(self) -> list[dict[str, Any]]:
        """The questions with the answers given, in order."""
        return [
            {"kind": search_key.kind, "label": search_key.label, "value": self.cleaned_data[name]}
            for search_key, name in zip(self.keys, self.question_names, strict=True)
            if self.cleaned_data.get(name)
        ]


class ReplyForm(forms.Form):
    """A message to the one who handles the request."""

    text = ProseField(
        label=_("Viesti"), rows=5, max_length=10_000, help_text=_("Viesti menee pyynnön käsittelijälle. Älä kirjoita henkilötunnusta.")
    )
    key = KeyField()

    def clean_text(self) -> str:
        """Keep identity codes out of open text."""
        text: str = self.cleaned_data["text"]
        if find_personal_ids(text):
            raise forms.ValidationError(IDENTITY_IN_TEXT)
        return text
