"""The forms of a document of a case: a version, its way on, its metadata, a copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import LANGUAGES, Act, Line, Uploads, offer
from kirjaamo.documents.actions import Giving
from kirjaamo.documents.models import Document, Outside, Way
from kirjaamo.ui.forms import AnyOf, DateField
from kirjaamo.ui.languages import pick
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.norms.models import SecrecyGround

SENDING_WAYS = (Way.EMAIL, Way.SECURE_MAIL, Way.E_SERVICE, Way.POST, Way.COUNTER, Way.INTERNAL)


class VersionForm(Act):
    """A new version: one file, made on the newest version that the person saw."""

    uploads = Uploads(label=_("Uusi versio"))
    on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, newest: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": newest}
        super().__init__(*args, **kwargs)
        self.fields["uploads"].widget.allow_multiple_selected = False
        self.fields["uploads"].help_text = _("Aiemmat versiot säilyvät muuttumattomina.")


class ReasonForm(Act):
    """Why something is done."""

    reason = Line(label=_("Miksi?"), max_length=300)


class SendForm(Act):
    """How a document was sent."""

    way = forms.ChoiceField(label=_("Lähettämistapa"), choices=[(way.value, way.label) for way in SENDING_WAYS])


class DecideForm(Act):
    """Metadata that a person decides otherwise than the plan, and why."""

    title = Line(label=_("Asiakirjan nimi"), max_length=300)
    publicity = forms.ChoiceField(label=_("Julkisuus"))
    ground = forms.MultipleChoiceField(
        label=_("Salassapitoperusteet"),
        required=False,
        help_text=_("Valitse yksi tai useampi, kun asiakirja on salassa pidettävä."),
        widget=AnyOf,
    )
    secret_until = DateField(label=_("Salassapito päättyy"), required=False)
    personal = forms.ChoiceField(label=_("Henkilötietojen luonne"))
    reason = Line(label=_("Miksi tieto poikkeaa suunnitelmasta?"), max_length=1000)

    def __init__(self, *args: Any, document: Document, grounds: Sequence[SecrecyGround], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": document.title,
            "publicity": document.publicity,
            "ground": document.grounds,
            "secret_until": document.secret_until,
            "personal": document.personal,
        }
        super().__init__(*args, **kwargs)
        offer(self, "publicity", [(one.value, pick(one.label.as_dict()).text) for one in Publicity])
        offer(self, "personal", [(one.value, pick(one.label.as_dict()).text) for one in PersonalData])
        known = [(one.code, f"{pick(one.title).text} ({one.provision()})") for one in grounds]
        older = [(code, code) for code in document.grounds if code not in {code for code, _title in known}]
        offer(self, "ground", [*known, *older])

    def clean(self) -> dict[str, Any]:
        """A secret document has its ground."""
        data = super().clean() or self.cleaned_data
        if data.get("publicity") and Publicity(data["publicity"]).needs_ground and not data.get("ground"):
            self.add_error("ground", _("Valitse peruste: salassa pidettävällä asiakirjalla on oltava salassapitoperuste."))
        return data

    def changes(self) -> dict[str, object]:
        """The values that were chosen; grounds only of what is secret."""
        data = self.cleaned_data
        secret = Publicity(data["publicity"]).needs_ground
        return {
            "title": data["title"],
            "publicity": data["publicity"],
            "grounds": list(data["ground"]) if secret else [],
            "secret_until": data["secret_until"] if secret else None,
            "personal": data["personal"],
        }


class OutsideForm(Act):
    """Whether a writing is an authority's document (JulkL 621/1999 § 5)."""

    why = forms.ChoiceField(
        label=_("Mikä se on?"),
        required=False,
        choices=[("", _("Viranomaisen asiakirja")), *Outside.choices],
        help_text=_("Muu kuin viranomaisen asiakirja ei näy julkisessa rekisterissä. Se löytyy sisäisestä hausta."),
    )
    reason = Line(label=_("Perustelu"), max_length=300)


class CopyForm(Act):
    """To whom a copy is given and why; of a secret document also which parts are secret."""

    recipient = Line(label=_("Kenelle kopio annetaan?"), max_length=300)
    purpose = Line(label=_("Mihin tarkoitukseen?"), max_length=300)
    party = forms.BooleanField(label=_("Saaja on asianosainen (JulkL 11 §)"), required=False)
    parts = Line(label=_("Mitkä osat ovat salassa pidettäviä?"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Merkinnän kieli"), choices=LANGUAGES)

    def __init__(self, *args: Any, secret: bool, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": language}
        super().__init__(*args, **kwargs)
        if not secret:
            del self.fields["parts"], self.fields["language"]

    def giving(self) -> Giving:
        """What the action asks."""
        data = self.cleaned_data
        return Giving(data["recipient"], data["purpose"], data["party"], data.get("parts") or "", data.get("language") or "fi")
