"""The forms of decisions: the text, serving, an appeal."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import Act, Line, Lines, offer
from kirjaamo.decisions.actions import Text
from kirjaamo.documents.models import Way
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.languages import law, pick

if TYPE_CHECKING:
    from kirjaamo.cases.models import CaseParty
    from kirjaamo.decisions.models import Decision
    from kirjaamo.norms.models import AppealRoute

SERVING_WAYS = (Way.POST, Way.EMAIL, Way.SECURE_MAIL, Way.E_SERVICE, Way.COUNTER)
NEEDED = _("Tarvitaan, kun päätös tehdään.")
WRITTEN = ("title", "operative", "reasons", "provisions", "power")


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DecisionForm(Act):
    """What is decided and why, on which provisions and power, and how it may be appealed."""

    title = Line(label=_("Otsikko"), max_length=300)
    operative = Lines(label=_("Päätös"), max_length=50_000, widget=_long(6), help_text=_("Yksilöi, mitä on päätetty."))
    reasons = Lines(
        label=_("Perustelut"),
        max_length=100_000,
        widget=_long(9),
        required=False,
        help_text=_("Tosiseikat ja selvitykset, jotka vaikuttivat ratkaisuun. Tarvitaan, kun päätös tehdään."),
    )
    provisions = Lines(label=_("Sovelletut säännökset"), max_length=5000, widget=_long(3), required=False, help_text=NEEDED)
    power = Line(
        label=_("Toimivalta"),
        max_length=300,
        required=False,
        help_text=_("Hallintosäännön kohta tai delegointipäätös. Tarvitaan, kun päätös tehdään."),
    )
    routes = forms.MultipleChoiceField(label=_("Muutoksenhaku"), widget=forms.CheckboxSelectMultiple, required=False, help_text=NEEDED)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, routes: Sequence[AppealRoute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = {str(row.pk): row for row in routes}
        offer(self, "routes", [(key, f"{pick(row.title).text} ({law(row.legal_basis)})") for key, row in self.ways.items()])

    @property
    def text(self) -> Text:
        """What was written."""
        return Text(**{name: self.cleaned_data[name] for name in WRITTEN})

    @property
    def chosen(self) -> list[AppealRoute]:
        """The ways of appeal that were chosen."""
        return [self.ways[key] for key in self.cleaned_data["routes"]]


def initial_of(decision: Decision) -> dict[str, Any]:
    """A form filled with a draft as it stands."""
    told = {name: getattr(decision, name) for name in WRITTEN}
    routes = [str(key) for key in decision.routes.values_list("route_id", flat=True)]
    return told | {"routes": routes, "version": decision.version, "key": uuid.uuid4()}


class DecideForm(Act):
    """The version that the decider read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ServeForm(Act):
    """Whom the decision is served on, how and when."""

    party = forms.ChoiceField(label=_("Kenelle?"))
    way = forms.ChoiceField(label=_("Tiedoksiantotapa"), choices=[(way.value, way.label) for way in SERVING_WAYS])
    sent_on = DateField(label=_("Lähetetty tai annettu"))
    shown_on = DateField(
        label=_("Näytetty tiedoksisaantipäivä"),
        required=False,
        help_text=_("Vain kun muu kuin oletettu päivä on näytetty. Muodossa pp.kk.vvvv."),
    )

    def __init__(self, *args: Any, parties: Sequence[CaseParty], **kwargs: Any) -> None:
        kwargs["initial"] = {"sent_on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        self.parties = {str(one.pk): one for one in parties}
        offer(self, "party", [(key, f"{one.subject or _('Nimetön')} ({one.get_role_display()})") for key, one in self.parties.items()])


class AppealForm(Act):
    """Who appealed and when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = Lines(label=_("Kuka haki muutosta, milloin ja mitä?"), max_length=2000)
