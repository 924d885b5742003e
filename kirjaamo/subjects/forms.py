"""The forms of parties: search, facts, identity code, non-disclosure, mandates, merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.subjects.models import MandateKind, Subject
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.languages import active_language
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId, find_personal_ids
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.text import clean

LANGUAGES = (("fi", _("Suomi")), ("sv", _("Ruotsi")), ("en", _("Englanti")))
CODE_HINT = _("Muodossa PPKKVV-XXXX. Tunnus salataan, ja se näytetään vain perustellusta syystä.")


class Line(forms.CharField):
    """Text as it is stored: composed, without control, hidden and direction-changing characters."""

    multiline = False

    def clean(self, value: Any) -> str:
        """Bring the text to the form that is stored, then look at its length."""
        try:
            plain = clean(str(value or ""), max_length=10_000, multiline=self.multiline).text
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem
        return str(super().clean(plain))


class Lines(Line):
    """Several lines of text."""

    multiline = True
    widget = forms.Textarea(attrs={"rows": 3})


class CodeField(forms.CharField):
    """An identity code; what is wrong in it is told."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": "20"})

    def clean(self, value: Any) -> PersonalId | None:
        """Read the code."""
        text = super().clean(value)
        try:
            return PersonalId.parse(text, today=timezone.localdate()) if text else None
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem


class BusinessIdField(forms.CharField):
    """A business id; what is wrong in it is told."""

    def clean(self, value: Any) -> str:
        """Read the id and its check digit."""
        text = super().clean(value)
        try:
            return BusinessId.parse(text).code if text else ""
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem


class Form(forms.Form):
    """A form whose page shows the errors at the top."""

    summary_shown = True


class SearchForm(Form):
    """What a party is looked for by. It is sent, not put into the address, since it may be an identity code."""

    q = Line(label=_("Nimi, henkilötunnus tai Y-tunnus"), max_length=200, required=False)

    def code(self) -> PersonalId | None:
        """The identity code, when one was typed."""
        try:
            return PersonalId.parse(self.cleaned_data["q"])
        except ValueProblem:
            return None

    def clean_q(self) -> str:
        """What looks like an identity code but is none is explained, and never goes to the address."""
        text: str = self.cleaned_data["q"]
        if find_personal_ids(text) and self._is_no_code(text):
            raise forms.ValidationError(self._problem(text))
        return text

    @staticmethod
    def _is_no_code(text: str) -> bool:
        return bool(SearchForm._problem(text))

    @staticmethod
    def _problem(text: str) -> str:
        try:
            PersonalId.parse(text)
        except ValueProblem as problem:
            return problem.message(active_language())
        return ""


class FactsForm(Form):
    """What is known of a party. Contacts under non-disclosure are not in the form: they are opened on their own page."""

    name = Line(label=_("Nimi"), max_length=300)
    business_id = BusinessIdField(label=_("Y-tunnus"), required=False)
    birth_date = DateField(label=_("Syntymäaika"), required=False)
    death_date = DateField(label=_("Kuolinpäivä"), required=False)
    email = forms.EmailField(label=_("Sähköposti"), required=False)
    telephone = Line(label=_("Puhelin"), max_length=40, required=False)
    address = Lines(label=_("Osoite"), max_length=1000, required=False)
    municipality = Line(label=_("Kunta"), max_length=80, required=False)
    language = forms.ChoiceField(label=_("Asiointikieli"), choices=LANGUAGES)
    deceased = CodeField(
        label=_("Vainajan henkilötunnus"), required=False, help_text=_("Vainajan on oltava osapuolena. Tyhjä ei muuta aiempaa tietoa.")
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if not (subject.safety_non_disclosure and name in Subject.CONTACTS)]
        kwargs["initial"] = {name: getattr(subject, name) for name in names if name != "deceased"}
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(names):
            del self.fields[name]
        if subject.kind != "organisation":
            del self.fields["business_id"]
        if subject.kind != "person" or subject.personal_id_hash:
            del self.fields["birth_date"]
        if subject.kind == "organisation":
            del self.fields["death_date"]
        if subject.kind != "estate":
            del self.fields["deceased"]

    def clean_deceased(self) -> Subject | None:
        """The party whose estate it is."""
        code: PersonalId | None = self.cleaned_data["deceased"]
        found = Subject.by_personal_id(code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("Tällä henkilötunnuksella ei ole osapuolta. Lisää vainaja ensin osapuoleksi."))
        return found

    def facts(self) -> dict[str, Any]:
        """What was told; an estate whose deceased was not told keeps the one that it has."""
        data = dict(self.cleaned_data)
        if data.get("deceased") is None:
            data.pop("deceased", None)
        return data


class CodeForm(Form):
    """The identity code of a person."""

    personal_id = CodeField(label=_("Henkilötunnus"), help_text=CODE_HINT)


class PurposeForm(Form):
    """Why something masked is opened."""

    purpose = Line(
        label=_("Mihin tarvitset tietoa?"), max_length=200, help_text=_("Esimerkiksi asiatunnus ja syy. Katselu kirjataan lokiin.")
    )


class SafetyForm(Form):
    """Non-disclosure for personal safety, until when and on what it rests."""

    on = forms.BooleanField(label=_("Turvakielto on voimassa"), required=False)
    until = DateField(label=_("Voimassa asti"), required=False, help_text=_("Kielto pysyy, kunnes se poistetaan täällä."))
    reason = Line(label=_("Mihin tieto perustuu?"), max_length=300)


class MandateForm(Form):
    """Who acts for the party, in what, from when to when, and how that was seen."""

    kind = forms.ChoiceField(label=_("Edustajan laji"), choices=MandateKind.choices)
    name = Line(label=_("Edustajan nimi"), max_length=300)
    personal_id = CodeField(label=_("Edustajan henkilötunnus"), required=False, help_text=CODE_HINT)
    email = forms.EmailField(label=_("Edustajan sähköposti"), required=False)
    scope = Line(label=_("Mitä valtuutus koskee?"), max_length=300)
    valid_from = DateField(label=_("Voimassa alkaen"))
    valid_to = DateField(label=_("Voimassa asti"), required=False)
    checked_how = Line(
        label=_("Miten se tarkistettiin?"),
        max_length=200,
        help_text=_("Esimerkiksi valtakirja, Suomi.fi-valtuus tai holhousasioiden rekisteri."),
    )
    document = Line(
        label=_("Asiakirjan tunniste"), max_length=60, required=False, help_text=_("Jos valtakirja on kirjattu, esimerkiksi ASK-2026-…")
    )

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        data = super().clean() or self.cleaned_data
        if data.get("valid_to") and data.get("valid_from") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("Valtuutus ei voi päättyä ennen kuin se alkaa."))
        return data


class EndForm(Form):
    """From when a mandate no longer holds, and why."""

    on = DateField(label=_("Viimeinen voimassaolopäivä"))
    reason = Line(label=_("Miksi valtuutus päättyy?"), max_length=300)


class ReasonForm(Form):
    """From what it is known that two parties are one, or are not."""

    reason = Line(label=_("Mistä tiedät sen?"), max_length=300)
