"""The forms of working a case: handing over, asking others, dividing, linking, ending elsewhere and opening again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import TIMES, Act, Line, Lines, offer, unit_choices
from kirjaamo.cases.models import ClosingGround, EnquiryEnd, EnquiryKind, LinkKind
from kirjaamo.documents.models import Way
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.languages import law, pick

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case, CaseParty
    from kirjaamo.norms.models import ProcedureGround
    from kirjaamo.organisation.models import Unit, User
    from kirjaamo.tos.models import Node

SENDING_WAYS = (Way.SECURE_MAIL, Way.EMAIL, Way.POST, Way.E_SERVICE, Way.COUNTER)
EVERYONE = "all"


class SeenAct(Act):
    """An act on a case as the person saw it: what another changed in between is shown, and what was typed stays in the form."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    since = forms.CharField(widget=forms.HiddenInput, required=False)
    conflicted = False

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": case.version, "since": timezone.now().isoformat()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def seen(self) -> int | None:
        """The version of the case that the person saw."""
        value: int | None = self.cleaned_data.get("version")
        return value

    @property
    def seen_at(self) -> dt.datetime:
        """When the person saw it; an unreadable moment counts as now."""
        told = parse_datetime(str(self.data.get("since", "")))
        return told if told is not None and timezone.is_aware(told) else timezone.now()

    def renew(self, version: int) -> None:
        """Let the next send count from what is shown now; the fields keep what was typed."""
        data = QueryDict("", mutable=True)
        for name in self.data:
            data[name] = self.data[name]
        data["version"], data["since"] = str(version), timezone.now().isoformat()
        self.data = data


def people_choices(users: Sequence[User], none: object) -> list[tuple[str, object]]:
    """People to choose from by name, with a first choice for none of them."""
    return [("", none), *((str(one.pk), one.name) for one in users)]


class RecordForm(SeenAct):
    """A measure of the plan, or a note."""

    measure = forms.ChoiceField(label=_("Toimenpide"), required=False)
    stage = forms.ChoiceField(label=_("Käsittelyvaihe"), required=False)
    note = Lines(label=_("Merkintä"), max_length=4000, required=False)

    def __init__(self, *args: Any, case: Case, nodes: Sequence[Node], **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"stage": case.stage}, **kwargs)
        self.measures = {node.code: node for node in nodes if node.kind == "measure"}
        self.stages = {node.code: node for node in nodes if node.kind == "stage"}
        offer(
            self,
            "measure",
            [
                ("", _("Muu toimenpide tai merkintä")),
                *((c, pick(n.title).text) for c, n in self.measures.items()),
            ],
        )
        offer(self, "stage", [*((c, pick(n.title).text) for c, n in self.stages.items())] or [("", "–")])
        if not self.stages:
            del self.fields["stage"]
        if not self.measures:
            del self.fields["measure"]
        self._stage = case.stage

    def clean(self) -> dict[str, Any]:
        """Something must be recorded: a measure, a new stage or a note."""
        data = super().clean() or self.cleaned_data
        if not data.get("measure") and not data.get("note") and data.get("stage", self._stage) == self._stage and not self.errors:
            self.add_error("note", _("Kirjoita merkintä, valitse toimenpide tai vaihda käsittelyvaihe."))
        return data


class TaskForm(Act):
    """Something to do, for whom and by when."""

    title = Line(label=_("Mitä pitää tehdä?"), max_length=200)
    unit = forms.ChoiceField(label=_("Yksikkö"))
    user = forms.ChoiceField(
        label=_("Henkilö"), required=False, help_text=_("Jätä valitsematta, kun kuka tahansa yksikössä voi tehdä tehtävän.")
    )
    due_on = DateField(label=_("Mihin mennessä?"), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], users: Sequence[User], unit: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"unit": str(unit)}
        super().__init__(*args, **kwargs)
        self.units, self.users = {str(one.pk): one for one in units}, {str(one.pk): one for one in users}
        offer(self, "unit", unit_choices(units))
        offer(self, "user", [("", _("Kuka tahansa")), *((key, one.name) for key, one in self.users.items())])

    def clean(self) -> dict[str, Any]:
        """The person must be of the unit."""
        data = super().clean() or self.cleaned_data
        user, unit = self.users.get(data.get("user") or ""), self.units.get(data.get("unit") or "")
        if user and unit and user.unit_id != unit.pk:
            self.add_error("user", _("%(name)s ei työskentele tässä yksikössä. Valitse toinen henkilö tai yksikkö.") % {"name": user.name})
        return data


class FinishForm(Act):
    """How a task ended."""

    outcome = Lines(label=_("Mitä tehtiin ja mikä oli tulos?"), max_length=2000)


class CloseForm(SeenAct):
    """With what a case ends: a resolution and its time, or a ground (TiHL 906/2019 § 26.5 item 4)."""

    how = forms.ChoiceField(
        label=_("Miten asia päättyy?"),
        widget=forms.RadioSelect,
        choices=[("resolved", _("Asia on ratkaistu")), *(one for one in ClosingGround.choices if one[0] != ClosingGround.VOID)],
    )
    resolved_on = DateField(label=_("Ratkaisun päivä"), required=False, help_text=_("Vain kun asia on ratkaistu. Muodossa pp.kk.vvvv."))
    resolved_time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, required=False, widget=forms.TimeInput(format="%H.%M"))
    service_way = forms.ChoiceField(label=_("Tiedoksiantotapa"), choices=[("", _("Ei tiedoksiantoa")), *Way.choices], required=False)
    note = Lines(label=_("Merkintä"), max_length=2000, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.decided = case.resolved_at is not None
        if self.decided:
            del self.fields["resolved_on"], self.fields["resolved_time"]
            self.initial["how"] = "resolved"

    def clean(self) -> dict[str, Any]:
        """A resolution has its day."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "resolved" and not self.decided and not data.get("resolved_on") and "resolved_on" not in self.errors:
            self.add_error("resolved_on", _("Kirjoita, minä päivänä asia ratkaistiin."))
        return data


class TakeForm(SeenAct):
    """Nothing to fill in."""


class HandOverForm(SeenAct):
    """To whom the case goes."""

    unit = forms.ChoiceField(label=_("Yksikkö"))
    user = forms.ChoiceField(
        label=_("Käsittelijä"), required=False, help_text=_("Jätä valitsematta, kun yksikkö päättää itse, kuka käsittelee.")
    )
    note = Lines(label=_("Saate"), max_length=2000, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], users: Sequence[User], case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"unit": str(case.unit_id)}, **kwargs)
        self.units, self.users = {str(one.pk): one for one in units}, {str(one.pk): one for one in users}
        offer(self, "unit", unit_choices(units))
        offer(self, "user", people_choices(users, _("Yksikkö päättää")))


class RescheduleForm(SeenAct):
    """A new due day and why."""

    due_on = DateField(label=_("Uusi määräpäivä"), required=False)
    note = Lines(label=_("Miksi?"), max_length=2000)


class DivideForm(Act):
    """Which division handles which part, and by when."""

    unit = forms.ChoiceField(label=_("Yksikkö"))
    user = forms.ChoiceField(label=_("Käsittelijä"), required=False)
    what = Line(label=_("Mitä yksikkö käsittelee?"), max_length=200)
    due_on = DateField(label=_("Mihin mennessä?"), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], users: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.users = {str(one.pk): one for one in units}, {str(one.pk): one for one in users}
        offer(self, "unit", unit_choices(units))
        offer(self, "user", people_choices(users, _("Yksikkö päättää")))


def party_choices(parties: Sequence[CaseParty]) -> list[tuple[str, object]]:
    """The parties by name and role."""
    return [(str(one.pk), f"{one.subject or _('Nimetön')} ({one.get_role_display()})") for one in parties]


class EnquireForm(Act):
    """What is asked, of whom, by when and how it is sent."""

    party = forms.ChoiceField(label=_("Keneltä?"))
    recipient = Line(label=_("Keneltä?"), max_length=300, help_text=_("Viranomainen, yhteisö tai muu lausunnonantaja."))
    text = Lines(label=_("Mitä pyydetään?"), max_length=6000, widget=forms.Textarea(attrs={"rows": 7}))
    due_on = DateField(label=_("Vastattava viimeistään"))
    way = forms.ChoiceField(label=_("Miten pyyntö lähetetään?"), choices=[(way.value, way.label) for way in SENDING_WAYS])

    def __init__(self, *args: Any, kind: EnquiryKind, parties: Sequence[CaseParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(one.pk): one for one in parties}
        if kind is EnquiryKind.STATEMENT:
            del self.fields["party"]
        else:
            del self.fields["recipient"]
            offer(self, "party", party_choices(parties))


class EnquiryForm(Act):
    """How a request ended, or how much more time it gets."""

    end = forms.ChoiceField(label=_("Mitä tapahtui?"), widget=forms.RadioSelect)
    document = forms.ChoiceField(label=_("Vastaus asiakirjana"), required=False)
    due_on = DateField(label=_("Uusi määräpäivä"), required=False, help_text=_("Vain kun määräaikaa pidennetään. Muodossa pp.kk.vvvv."))
    note = Lines(label=_("Merkintä"), max_length=2000, required=False)

    ENDS = (EnquiryEnd.ANSWERED, EnquiryEnd.MISSED, EnquiryEnd.WITHDRAWN)

    def __init__(self, *args: Any, documents: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "end", [*((one.value, one.label) for one in self.ENDS), ("prolonged", _("Määräaikaa pidennetään"))])
        offer(self, "document", [("", _("Ei asiakirjaa")), *documents.items()])

    def clean(self) -> dict[str, Any]:
        """More time needs its day."""
        data = super().clean() or self.cleaned_data
        if data.get("end") == "prolonged" and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Kirjoita uusi määräpäivä."))
        return data


def ground_choices(grounds: Sequence[ProcedureGround]) -> list[tuple[str, object]]:
    """Grounds of the act in the reader's language, each with its section."""
    return [(str(one.pk), f"{pick(one.title).text} ({law(one.legal_basis)})") for one in grounds]


class UnheardForm(Act):
    """On which ground a party is not heard, and why it applies."""

    party = forms.ChoiceField(label=_("Ketä ei kuulla?"))
    ground = forms.ChoiceField(label=_("Peruste"), widget=forms.RadioSelect)
    reason = Lines(label=_("Miksi peruste täyttyy?"), max_length=4000)

    def __init__(self, *args: Any, parties: Sequence[CaseParty], grounds: Sequence[ProcedureGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties, self.grounds = {str(one.pk): one for one in parties}, {str(one.pk): one for one in grounds}
        offer(self, "party", [(EVERYONE, _("Ketään asianosaisista")), *party_choices(parties)])
        offer(self, "ground", ground_choices(grounds))


class TransferForm(SeenAct):
    """Where the case belongs, and how its sender is told."""

    to = Line(label=_("Mille viranomaiselle?"), max_length=200)
    note = Lines(label=_("Mitä lähettäjälle kerrotaan?"), max_length=4000, required=False)
    way = forms.ChoiceField(label=_("Miten lähettäjälle kerrotaan?"), choices=[(way.value, way.label) for way in SENDING_WAYS])


class ReopenForm(SeenAct):
    """Why the case is opened again."""

    reason = Lines(label=_("Miksi asia avataan uudelleen?"), max_length=2000)


class LiftForm(Act):
    """Why a declaration of disqualification was mistaken."""

    reason = Lines(label=_("Miksi ilmoitus oli virheellinen?"), max_length=2000, help_text=_("Jää asian historiaan."))


class VoidForm(SeenAct):
    """Why a registration is made void."""

    reason = Lines(
        label=_("Miksi kirjaus mitätöidään?"),
        max_length=1000,
        help_text=_("Jää asian historiaan ja numerotilitykseen. Älä kirjoita nimiä tai salassa pidettävää."),
    )


class VoidNumberForm(Act):
    """A number of the series that no case got, and why."""

    number = forms.IntegerField(label=_("Numero"), min_value=1)
    reason = Lines(label=_("Miksi numerolla ei ole asiaa?"), max_length=1000, help_text=_("Jää numerotilitykseen."))


class LinkForm(Act):
    """With which case, and how they bear on each other."""

    other = Line(label=_("Toisen asian tunnus"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Miten asiat liittyvät?"), choices=LinkKind.choices, widget=forms.RadioSelect, initial=LinkKind.RELATED
    )
    reason = Line(label=_("Tarkennus"), max_length=300, required=False)


class DisqualifyForm(Act):
    """The ground on which one may not handle the case."""

    ground = forms.ChoiceField(label=_("Peruste"), widget=forms.RadioSelect)
    note = Lines(label=_("Tarkennus"), max_length=1000, required=False, help_text=_("Ei näy asian historiassa."))

    def __init__(self, *args: Any, grounds: Sequence[ProcedureGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {str(one.pk): one for one in grounds}
        offer(self, "ground", ground_choices(grounds))


class DeputyForm(Act):
    """Who stands in, from when to when."""

    deputy = forms.ChoiceField(label=_("Sijainen"))
    valid_from = DateField(label=_("Ensimmäinen päivä"))
    valid_to = DateField(label=_("Viimeinen päivä"))

    def __init__(self, *args: Any, users: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in users}
        offer(self, "deputy", [(str(one.pk), one.name) for one in users])

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Sijaisuus ei voi päättyä ennen kuin se alkaa."))
        return data
