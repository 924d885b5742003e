"""The form of a new party of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.parties import REPRESENTED, PartyTold
from kirjaamo.cases.forms import Act, Line, offer
from kirjaamo.cases.models import PartyRole
from kirjaamo.subjects.actions import NewMandate
from kirjaamo.subjects.forms import CODE_HINT, BusinessIdField, CodeField
from kirjaamo.subjects.models import MandateKind, SubjectKind
from kirjaamo.ui.forms import DateField

if TYPE_CHECKING:
    from kirjaamo.subjects.models import Subject


class PartyForm(Act):
    """Who joins the case, in which role; of who acts for another also whom, in what and how it was seen."""

    role = forms.ChoiceField(label=_("Asema asiassa"), choices=PartyRole.choices, initial=PartyRole.PARTY.value)
    kind = forms.ChoiceField(
        label=_("Osapuoli on"), choices=SubjectKind.choices, widget=forms.RadioSelect, initial=SubjectKind.PERSON.value
    )
    name = Line(label=_("Nimi"), max_length=300)
    personal_id = CodeField(label=_("Henkilötunnus"), required=False, help_text=CODE_HINT)
    business_id = BusinessIdField(label=_("Y-tunnus"), required=False)
    email = forms.EmailField(label=_("Sähköposti"), required=False)
    principal = forms.ChoiceField(
        label=_("Ketä edustaa"),
        required=False,
        help_text=_("Täytä tämä ja valtuutus, kun hän toimii toisen puolesta: asiamies, edunvalvoja, huoltaja tai edustaja."),
    )
    mandate = forms.ChoiceField(label=_("Edustajan laji"), choices=[("", _("Valitse")), *MandateKind.choices], required=False)
    scope = Line(label=_("Mitä valtuutus koskee?"), max_length=300, required=False)
    valid_from = DateField(label=_("Valtuutus voimassa alkaen"), required=False)
    valid_to = DateField(label=_("Valtuutus voimassa asti"), required=False)
    checked_how = Line(label=_("Miten valtuutus tarkistettiin?"), max_length=200, required=False)

    def __init__(self, *args: Any, principals: Sequence[Subject], **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": timezone.localdate()}
        super().__init__(*args, **kwargs)
        self.principals = {str(one.pk): one for one in principals}
        offer(self, "principal", [("", _("Valitse")), *((key, one.name) for key, one in self.principals.items())])

    @property
    def represents(self) -> bool:
        """Whether the role is of one who acts for another."""
        return self.cleaned_data.get("role") in REPRESENTED

    def clean(self) -> dict[str, Any]:
        """A code is a person's; the mandate of who acts for another is told whole."""
        data = super().clean() or self.cleaned_data
        if data.get("personal_id") and data.get("kind") != SubjectKind.PERSON.value:
            self.add_error("personal_id", _("Vain henkilöllä voi olla henkilötunnus."))
        if self.represents:
            for name, sentence in (
                ("principal", _("Valitse, ketä hän edustaa.")),
                ("mandate", _("Valitse edustajan laji.")),
                ("scope", _("Kerro, mitä valtuutus koskee.")),
                ("valid_from", _("Kerro, mistä alkaen valtuutus on voimassa.")),
                ("checked_how", _("Kerro, miten valtuutus tarkistettiin.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if data.get("valid_to") and data.get("valid_from") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("Valtuutus ei voi päättyä ennen kuin se alkaa."))
        return data

    def told(self) -> PartyTold:
        """Who the party is."""
        data = self.cleaned_data
        return PartyTold(
            data["name"], PartyRole(data["role"]), SubjectKind(data["kind"]), data["personal_id"], data["business_id"], data["email"]
        )

    def given(self) -> tuple[Subject | None, NewMandate | None]:
        """Whom the party acts for and by which mandate; nothing unless it does."""
        if not self.represents:
            return None, None
        data = self.cleaned_data
        new = NewMandate(MandateKind(data["mandate"]), data["scope"], data["valid_from"], data["checked_how"], data["valid_to"])
        return self.principals[data["principal"]], new
