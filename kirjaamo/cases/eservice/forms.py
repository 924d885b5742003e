"""The forms of the e-service: a new matter, a document to an open case, a supplement to what was sent."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.eservice.matters import NewMatter
from kirjaamo.cases.forms import Act, Line, Lines, Uploads
from kirjaamo.cases.reading import identifiers_in
from kirjaamo.ui.languages import active_language
from kirjaamo.values.personal_id import find_personal_ids

MOST_FILES = 20
LONGEST = 20_000
_TELEPHONE = re.compile(r"\+?[0-9 ()-]{5,}")
IDENTITY = _("Älä kirjoita henkilötunnusta tähän. Poista se: jos sitä tarvitaan, sitä kysytään sinulta erikseen.")


class Attachments(Uploads):
    """What is sent along: by the policy of documents, and in one send no more than its size and number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = format_lazy(
            _("PDF, PNG, JPEG, DOCX, XLSX, ODT, EML tai tekstitiedosto. Enintään {files} tiedostoa, yhteensä enintään {most} Mt."),
            files=MOST_FILES,
            most=settings.UPLOAD_LIMIT_MB,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse too many files, and too much in all."""
        kept = super().clean(data, initial)
        if len(kept) > MOST_FILES:
            raise forms.ValidationError(_("Liitteitä on liikaa. Lähetä enintään %(most)s tiedostoa."), params={"most": MOST_FILES})
        if sum(len(one.data) for one in kept) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
            sentence = _("Liitteet ovat yhteensä liian suuria. Lähetä enintään %(most)s Mt kerralla.")
            raise forms.ValidationError(sentence, params={"most": settings.UPLOAD_LIMIT_MB})
        return kept


class SupplementForm(Act):
    """More to what was sent: a message, files, or both."""

    text = Lines(label=_("Viesti"), max_length=LONGEST, required=False)
    uploads = Attachments(label=_("Liitteet"), required=False)

    def clean_text(self) -> str:
        """Keep identity codes out of open text (1050/2018 § 29)."""
        return self._without_codes("text")

    def _without_codes(self, name: str) -> str:
        told: str = self.cleaned_data[name]
        if find_personal_ids(told):
            raise forms.ValidationError(IDENTITY)
        return told

    def clean(self) -> dict[str, Any]:
        """Something must be sent; files must be chosen again when anything was wrong, since browsers do not keep them."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("text") and not data.get("uploads"):
            self.add_error("text", _("Kirjoita viesti tai liitä ainakin yksi tiedosto."))
        if self.errors and data.get("uploads"):
            self.add_error("uploads", _("Valitse liitteet uudelleen: selain ei säilytä niitä."))
        return data

    def matter(self, *, follows: str) -> NewMatter:
        """What a valid form tells."""
        data = self.cleaned_data
        told = {"language": active_language(), "uploads": data["uploads"], "key": data["key"], "follows": follows}
        return NewMatter("", data["text"], **told)


class MatterForm(SupplementForm):
    """A new matter: what it is about, and who sends it with at least one way to be reached (HL 434/2003 § 16)."""

    subject = Line(
        label=_("Mitä asia koskee?"), max_length=200, help_text=_("Lyhyt otsikko. Älä kirjoita siihen nimiä tai terveystietoja.")
    )
    name = Line(label=_("Nimi"), max_length=200, help_text=_("Oma nimesi, tai yrityksen tai yhteisön nimi, jonka puolesta asioit."))
    email = forms.EmailField(label=_("Sähköposti"), required=False, max_length=254)
    telephone = Line(label=_("Puhelin"), required=False, max_length=60)
    address = Lines(label=_("Postiosoite"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Kerro asiasta")
        self.fields["text"].required = True
        self.fields["text"].help_text = _("Mitä haluat, ja millä perusteella. Henkilötunnusta ei kirjoiteta tähän.")
        self.fields["text"].widget.attrs["rows"] = "8"
        self.fields["address"].widget.attrs["rows"] = "3"
        for name, value in (("name", "name"), ("email", "email"), ("telephone", "tel"), ("address", "street-address")):
            self.fields[name].widget.attrs["autocomplete"] = value
        self.order_fields(["case", "subject", "text", "uploads", "name", "email", "telephone", "address", "key"])

    def clean_subject(self) -> str:
        """The subject stands in lists, so no identity code does."""
        return self._without_codes("subject")

    def clean_telephone(self) -> str:
        """Digits, spaces and the like."""
        told: str = self.cleaned_data["telephone"]
        if told and not _TELEPHONE.fullmatch(told):
            raise forms.ValidationError(_("Kirjoita puhelinnumero numeroina, esimerkiksi 040 123 4567."))
        return told

    def clean(self) -> dict[str, Any]:
        """Without any contact nobody could be answered."""
        data = self.cleaned_data
        reached = ("email", "telephone", "address")
        if not any(data.get(name) or name in self.errors for name in reached):
            self.add_error("email", _("Kerro ainakin yksi tapa tavoittaa sinut: sähköposti, puhelin tai postiosoite (hallintolaki 16 §)."))
        return super().clean()

    def matter(self, *, follows: str = "") -> NewMatter:
        """What a valid form tells."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("name", "email", "telephone", "address", "key", "uploads")}
        return NewMatter(data["subject"], data["text"], language=active_language(), case=data.get("case", ""), follows=follows, **told)


class ToCaseForm(MatterForm):
    """A document to a case that is under way: its identifier is asked, and whether there is such a case is not told."""

    case = Line(label=_("Asiatunnus"), max_length=80, help_text=_("Tunnus on kirjeessä tai päätöksessä, jonka olet saanut."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].label = _("Mitä lähetät?")
        self.fields["subject"].help_text = _("Esimerkiksi täydennys, vastine tai lisäselvitys.")
        self.fields["text"].label = _("Viesti")
        self.fields["text"].required = False
        self.fields["text"].help_text = _("Henkilötunnusta ei kirjoiteta tähän.")

    def clean_case(self) -> str:
        """An identifier by the pattern of the authority, in its own form."""
        found = identifiers_in(self.cleaned_data["case"])
        if len(found) != 1:
            raise forms.ValidationError(_("Asiatunnusta ei tunnistettu. Kirjoita se kokonaan, niin kuin se on kirjeessä tai päätöksessä."))
        return found[0]
