"""The forms of retention: what happened, a hold and its lifting, a campaign and the decision about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import Act, Line, Lines, offer
from kirjaamo.cases.models import Case
from kirjaamo.documents.models import Document
from kirjaamo.kernel.actors import Actor
from kirjaamo.retention.holds.actions import Scope
from kirjaamo.retention.holds.reading import class_of_code, named
from kirjaamo.retention.models import HoldKind
from kirjaamo.ui.forms import DateField

T = TypeVar("T", Case, Document)
MOST_NAMED = 200


class EventForm(Act):
    """What happened, when, and how it is known."""

    trigger = forms.ChoiceField(label=_("Mikä tapahtui?"))
    on = DateField(
        label=_("Milloin?"), required=False, help_text=_("Jätä tyhjäksi, jos aiemmin kerrottu päivä oli väärä eikä oikeaa vielä tiedetä.")
    )
    source = Line(label=_("Mistä tieto on?"), max_length=120, required=False)
    note = Lines(label=_("Lisätieto"), max_length=1000, required=False)

    field_order = ("trigger", "on", "source", "note", "key")

    def __init__(self, *args: Any, triggers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "trigger", [("", _("Valitse")), *triggers])


class HoldForm(Act):
    """What a hold covers, of which kind it is, and why. Either a class, or cases and documents by their identifiers."""

    things = Lines(
        label=_("Asiat ja asiakirjat"),
        max_length=8000,
        required=False,
        help_text=_("Asian tai asiakirjan tunnus, yksi rivillä, enintään 200. Asian kielto koskee sen kaikkia asiakirjoja."),
    )
    class_code = Line(
        label=_("Tai tehtäväluokka"),
        max_length=40,
        required=False,
        help_text=_("Luokan tunnus, esimerkiksi 10 04 03. Kielto koskee luokan ja sen alaluokkien kaikkia asioita, myös tulevia."),
    )
    kind = forms.ChoiceField(label=_("Minkä vuoksi?"), choices=[("", _("Valitse")), *HoldKind.choices])
    ground = Lines(
        label=_("Peruste"), max_length=2000, help_text=_("Mihin tarvitaan ja mihin säännökseen tai määräykseen kielto perustuu.")
    )
    source = Line(label=_("Mihin asiaan liittyy?"), max_length=120, required=False, help_text=_("Pyynnön, valituksen tai asian tunnus."))

    field_order = ("things", "class_code", "kind", "ground", "source", "key")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Find what is named; what is not found is told by its line."""
        values = super().clean() or {}
        lines = [line.strip() for line in str(values.get("things") or "").splitlines() if line.strip()]
        values["scope"] = self._of_class(values) if values.get("class_code") and not lines else self._named(lines)
        if values.get("class_code") and lines:
            self.add_error("class_code", _("Valitse joko tehtäväluokka tai nimetyt asiat ja asiakirjat, ei molempia."))
        return values

    def _of_class(self, values: dict[str, Any]) -> Scope:
        found = class_of_code(str(values["class_code"]))
        if found is None:
            self.add_error("class_code", _("Tehtäväluokkaa %s ei ole voimassa olevassa suunnitelmassa.") % values["class_code"])
        return Scope(found)

    def _named(self, lines: Sequence[str]) -> Scope:
        if not lines:
            self.add_error("things", _("Kerro asiat, asiakirjat tai tehtäväluokka, joita kielto koskee."))
        if len(lines) > MOST_NAMED:
            self.add_error("things", _("Yhteen kieltoon mahtuu %s tunnusta. Tee useampi kielto.") % MOST_NAMED)
            return Scope()
        cases, documents = named(lines, self.actor)
        for number, line in enumerate(lines, start=1):
            if line not in cases and line not in documents:
                self.add_error("things", _("Rivi %(number)s: tunnusta %(line)s ei ole.") % {"number": number, "line": line})
        return Scope(cases=_each(cases), documents=_each(documents))


def _each(found: Mapping[str, T]) -> list[T]:
    """Each once, whatever way it was written."""
    return list({one.pk: one for one in found.values()}.values())


class ReasonForm(Act):
    """Why a hold is lifted or a campaign withdrawn."""

    note = Lines(label=_("Miksi?"), max_length=2000)


class NoteForm(Act):
    """A note to an approval."""

    note = Lines(label=_("Huomautus"), max_length=2000, required=False)


class CampaignForm(Act):
    """Which rules bind older cases too, and why."""

    rules = forms.MultipleChoiceField(label=_("Säännöt"), widget=forms.CheckboxSelectMultiple)
    reason = Lines(label=_("Miksi uudet säännöt koskevat myös vanhoja asioita?"), max_length=2000)
    norm = Line(
        label=_("Säännös tai päätös"),
        max_length=120,
        required=False,
        help_text=_("Esimerkiksi Kansallisarkiston päätöksen numero tai pykälä."),
    )

    field_order = ("rules", "reason", "norm", "key")

    def __init__(self, *args: Any, rules: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rules", rules)
