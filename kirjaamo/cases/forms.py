"""The forms of the case register: filters, a new case, and one form for each act on a case."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import CaseState
from kirjaamo.cases.whole import nodes_of
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload, accept
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import Unit
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.ui.forms import DateField, FileField, FileInput
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId, find_personal_ids
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.publicity import Publicity
from kirjaamo.values.text import clean

if TYPE_CHECKING:
    from kirjaamo.norms.models import SecrecyGround
    from kirjaamo.tos.models import ClassRevision, Node

TIMES = ["%H.%M", "%H:%M", "%H"]
ENDINGS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt", "txt", "csv")
Choices = Sequence[tuple[str, object]] | Callable[[], Sequence[tuple[str, object]]]
OTHER, PLAN = "other", "plan"
"""A document that is no type of the plan; publicity as the plan says."""


class Line(forms.CharField):
    """Text as it is stored: composed, without control, hidden and direction-changing characters."""

    multiline = False

    def clean(self, value: Any) -> str:
        """Bring the text to the form that is stored, then look at its length."""
        try:
            plain = clean(str(value or ""), max_length=100_000, multiline=self.multiline).text
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem
        return str(super().clean(plain))


class Lines(Line):
    """Several lines of text."""

    multiline = True
    widget = forms.Textarea(attrs={"rows": 4})


class ManyFiles(FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Uploads(FileField):
    """Files by the policy of documents: refused by what the bytes are and how many, before anything is stored."""

    widget = ManyFiles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=settings.UPLOAD_LIMIT_MB * 1024 * 1024, **kwargs)
        self.help_text = format_lazy(
            _("PDF, PNG, JPEG, DOCX, XLSX, ODT, EML tai tekstitiedosto, enintään {most} Mt kukin. Jokaisesta tulee oma asiakirja."),
            most=settings.UPLOAD_LIMIT_MB,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the file dialogue offer the kinds that are taken."""
        return super().widget_attrs(widget) | {"accept": ",".join(f".{ending}" for ending in ENDINGS)}

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Check each file; the first that cannot be taken is named."""
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not given:
            super().clean(None, initial)
            return []
        return [self._accepted(super(Uploads, self).clean(one, initial)) for one in given]

    @staticmethod
    def _accepted(file: UploadedFile[Any]) -> Upload:
        try:
            return accept(file.name or "", file.read())
        except Refused as refusal:
            raise forms.ValidationError(f"{file.name}: {refusal}") from refusal


class Act(forms.Form):
    """A form whose second send does nothing: it carries a key of its own. Its page shows the errors at the top."""

    summary_shown = True

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)

    def clean_key(self) -> uuid.UUID:
        """A key that is no key is a form of its own."""
        return self.cleaned_data["key"] or uuid.uuid4()

    def moment(self, day: str, time: str) -> dt.datetime | None:
        """The moment of a day and a time of day of this form, in the time zone of the authority."""
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(time)
        return timezone.make_aware(dt.datetime.combine(on, at or dt.time(12, 0))) if on else None


class SealedFields(Act):
    """A set time at which what arrived is opened, such as a tender: before it nobody reads it (JulkL 621/1999 § 7)."""

    opens_on = DateField(label=_("Avataan aikaisintaan"), required=False)
    opens_time = forms.TimeField(
        label=_("Avaamisen kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"), required=False
    )

    def opens_at(self) -> dt.datetime | None:
        """The moment of opening; None when nothing was set."""
        return self.moment("opens_on", "opens_time")

    def check_opening(self) -> None:
        """A day needs its time, and the moment lies ahead."""
        data = self.cleaned_data
        if data.get("opens_on") and data.get("opens_time") is None and "opens_time" not in self.errors:
            self.add_error("opens_time", _("Kirjoita kellonaika, jolloin asiakirjan saa avata."))
        if data.get("opens_time") is not None and not data.get("opens_on") and "opens_on" not in self.errors:
            self.add_error("opens_on", _("Kirjoita päivä, jona asiakirjan saa avata."))
        opens_at = self.opens_at()
        if opens_at and opens_at <= timezone.now():
            self.add_error("opens_on", _("Avaamisajan on oltava tulevaisuudessa."))


def unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Units to choose from, by their names in the page's language."""
    return sorted(((str(unit.pk), pick(unit.title).text) for unit in units), key=lambda pair: pair[1])


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Set what a field of choices offers."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class DocumentFields(Act):
    """What must be decided of a document: its type in the plan, and its publicity when the plan is silent or a person decides otherwise."""

    type = forms.ChoiceField(label=_("Asiakirjan tyyppi"))
    publicity = forms.ChoiceField(label=_("Julkisuus"))
    ground = forms.ChoiceField(
        label=_("Salassapitoperuste"), required=False, help_text=_("Vain jos asiakirja on kokonaan tai osittain salassa pidettävä.")
    )
    reason = Line(label=_("Miksi julkisuus poikkeaa suunnitelmasta?"), required=False, max_length=300)

    def set_document(self, nodes: Sequence[Node], grounds: Sequence[SecrecyGround]) -> None:
        """Offer the document types of the plan and the grounds in force."""
        self.types = {node.code: node for node in nodes if node.kind == "document"}
        types = [(code, pick(node.title).text) for code, node in self.types.items()]
        offer(self, "type", [*types, (OTHER, _("Muu asiakirja"))])
        first = (PLAN, _("Suunnitelman mukaan")) if self.types else ("", _("Valitse"))
        told = [(value.value, pick(value.label.as_dict()).text) for value in Publicity]
        offer(self, "publicity", [first, *told])
        offer(
            self,
            "ground",
            lambda: [("", _("Ei perustetta")), *((g.code, f"{pick(g.title).text} ({g.provision()})") for g in grounds)],
        )
        if not self.types:
            del self.fields["type"], self.fields["reason"]

    def check_document(self) -> None:
        """Refuse a secret document without ground, and a decision that nobody explains."""
        data = self.cleaned_data
        publicity, node = data.get("publicity") or "", self.types.get(data.get("type") or "")
        if publicity == PLAN and node is None:
            self.add_error("publicity", _("Valitse julkisuus: suunnitelma ei kerro sitä tästä asiakirjasta."))
        elif publicity not in {"", PLAN} and Publicity(publicity).needs_ground and not data.get("ground"):
            self.add_error("ground", _("Valitse peruste: salassa pidettävällä asiakirjalla on oltava salassapitoperuste."))
        elif publicity not in {"", PLAN} and node is not None and not data.get("reason"):
            self.add_error("reason", _("Kerro, miksi julkisuus poikkeaa suunnitelmasta."))

    def draft(self, title: str, language: str) -> Draft:
        """The document to be, with its metadata decided by the plan or by the person."""
        data = self.cleaned_data
        node = self.types.get(data.get("type") or "")
        if node is not None and data["publicity"] == PLAN:
            metadata = Metadata.of(node)
        else:
            wanted = Publicity(data["publicity"])
            grounds = (data["ground"],) if wanted.needs_ground else ()
            metadata = Metadata(wanted, grounds, source="decision", reason=data.get("reason") or "")
        return Draft(
            title=title, type_code=node.code if node else OTHER, metadata=metadata, language=language, node=node, uploads=data["uploads"]
        )


ARRIVAL_WAYS = (Way.EMAIL, Way.SECURE_MAIL, Way.E_SERVICE, Way.POST, Way.COUNTER, Way.TELEPHONE)
LANGUAGES = (("fi", _("Suomi")), ("sv", _("Ruotsi")), ("en", _("Englanti")))


class NewCaseForm(SealedFields, DocumentFields):
    """What a registrar tells of something that arrived."""

    SENDERS: ClassVar = (
        (SubjectKind.PERSON.value, _("Henkilö")),
        (SubjectKind.ORGANISATION.value, _("Yhteisö tai viranomainen")),
        ("anonymous", _("Nimetön")),
    )
    way = forms.ChoiceField(label=_("Saapumistapa"), choices=[(way.value, way.label) for way in ARRIVAL_WAYS])
    arrived_on = DateField(label=_("Saapumispäivä"))
    arrived_time = forms.TimeField(
        label=_("Kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"), help_text=_("Esimerkiksi 9.05")
    )
    sender_kind = forms.ChoiceField(label=_("Lähettäjä on"), choices=SENDERS, widget=forms.RadioSelect, initial=SubjectKind.PERSON.value)
    sender = Line(
        label=_("Lähettäjän nimi"), max_length=200, error_messages={"required": _("Kirjoita lähettäjän nimi, tai valitse Nimetön.")}
    )
    personal_id = Line(
        label=_("Henkilötunnus"),
        max_length=20,
        required=False,
        help_text=_("Vain jos asian käsittely tarvitsee sitä. Tallennetaan salattuna."),
    )
    business_id = Line(label=_("Y-tunnus"), max_length=20, required=False)
    email = forms.EmailField(label=_("Sähköposti"), required=False)
    title = Line(
        label=_("Nimike"),
        max_length=300,
        help_text=_("Mistä asiassa on kyse. Älä kirjoita henkilön nimeä, henkilötunnusta tai salassa pidettävää tietoa."),
    )
    title_checked = forms.BooleanField(label=_("Nimikkeessä ei ole henkilötunnusta"), required=False)
    title_open = forms.ChoiceField(
        label=_("Saako nimikkeen näyttää julkisessa asiarekisterissä?"),
        choices=(("yes", _("Kyllä")), ("no", _("Ei, se kertoo muuta kuin julkista"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, saako nimikkeen näyttää. Asia näkyy rekisterissä kummassakin tapauksessa.")},
    )
    unit = forms.ChoiceField(label=_("Vastuuyksikkö"))
    language = forms.ChoiceField(label=_("Asiointikieli"), choices=LANGUAGES)
    due_on = DateField(label=_("Määräpäivä"), required=False)
    uploads = Uploads(label=_("Asiakirjat"), required=False)

    def __init__(
        self,
        *args: Any,
        revision: ClassRevision | None,
        units: Sequence[Unit],
        grounds: Sequence[SecrecyGround],
        unit: Unit | None,
        **kwargs: Any,
    ) -> None:
        now = timezone.localtime()
        first = {"arrived_on": now.date(), "arrived_time": now.time(), "unit": str(unit.pk) if unit else "", "language": "fi"}
        kwargs["initial"] = first | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.nodes = nodes_of(revision) if revision else []
        self.set_document(self.nodes, grounds)
        offer(self, "unit", [("", _("Valitse")), *unit_choices(units)])
        if not (self.is_bound and self._doubtful(str(self.data.get("title", "")))):
            self.fields["title_checked"].widget = forms.HiddenInput()

    @staticmethod
    def _doubtful(title: str) -> bool:
        found = find_personal_ids(title)
        return bool(found) and not any(place.certain for place in found)

    def clean_title(self) -> str:
        """An identity code never stands in a title; what only looks like one asks for a second look (JulkL 22 §)."""
        title: str = self.cleaned_data["title"]
        if any(place.certain for place in find_personal_ids(title)):
            raise forms.ValidationError(_("Nimikkeessä on henkilötunnus. Poista se: nimike ei saa sisältää henkilötunnusta."))
        if self._doubtful(title) and not self.data.get("title_checked"):
            raise forms.ValidationError(
                _("Nimikkeessä näyttää olevan henkilötunnus. Poista se, tai vahvista alla, ettei se ole henkilötunnus.")
            )
        return title

    def clean_personal_id(self) -> PersonalId | None:
        """Read the code; what is wrong in it is told."""
        text = self.cleaned_data["personal_id"]
        try:
            return PersonalId.parse(text, today=timezone.localdate()) if text else None
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem

    def clean_business_id(self) -> str:
        """Read the code and its check digit; what is wrong in it is told."""
        text = self.cleaned_data["business_id"]
        try:
            return str(BusinessId.parse(text)) if text else ""
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(active_language())) from problem

    def clean(self) -> dict[str, Any]:
        """Look at what belongs together: sender and its kind, arrival and now, document and its publicity."""
        data = super().clean() or self.cleaned_data
        kind = data.get("sender_kind")
        if kind == "anonymous":
            self.errors.pop("sender", None)
        if kind != SubjectKind.PERSON.value and data.get("personal_id"):
            self.add_error("personal_id", _("Vain henkilöllä voi olla henkilötunnus."))
        arrived = self.moment("arrived_on", "arrived_time")
        if arrived and arrived > timezone.now() + dt.timedelta(minutes=1):
            self.add_error("arrived_on", _("Saapumisaika on tulevaisuudessa. Tarkista päivä ja kellonaika."))
        self.check_opening()
        self.check_document()
        return data

    def draft(self, title: str, language: str) -> Draft:
        """The document to be, closed until its time when one was set."""
        return replace(super().draft(title, language), opens_at=self.opens_at())


class AddDocumentForm(SealedFields, DocumentFields):
    """A document that arrived in the case, or one that we made."""

    direction = forms.ChoiceField(
        label=_("Mistä asiakirja on?"),
        choices=(("own", _("Me laadimme sen")), ("incoming", _("Se saapui meille"))),
        widget=forms.RadioSelect,
        initial="own",
    )
    title = Line(label=_("Asiakirjan nimi"), max_length=300)
    uploads = Uploads(label=_("Tiedostot"))
    way = forms.ChoiceField(
        label=_("Saapumistapa"), choices=[("", _("Valitse")), *((way.value, way.label) for way in ARRIVAL_WAYS)], required=False
    )
    sender = Line(label=_("Lähettäjä"), max_length=200, required=False)
    arrived_on = DateField(label=_("Saapumispäivä"), required=False)
    arrived_time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"), required=False)

    field_order = (
        "title", "uploads", "type", "publicity", "ground", "reason", "direction", "way", "sender", "arrived_on", "arrived_time",
        "opens_on", "opens_time", "key",
    )  # fmt: skip

    def __init__(self, *args: Any, nodes: Sequence[Node], grounds: Sequence[SecrecyGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_document(nodes, grounds)

    def clean_title(self) -> str:
        """An identity code never stands in a title."""
        title: str = self.cleaned_data["title"]
        if any(place.certain for place in find_personal_ids(title)):
            raise forms.ValidationError(_("Nimessä on henkilötunnus. Poista se."))
        return title

    def clean(self) -> dict[str, Any]:
        """What arrived needs its way, sender and time (TiHL 906/2019 § 26.3)."""
        data = super().clean() or self.cleaned_data
        if data.get("direction") == "incoming":
            for name, sentence in (
                ("way", _("Valitse, miten asiakirja saapui.")),
                ("sender", _("Kirjoita, keneltä asiakirja saapui.")),
                ("arrived_on", _("Kirjoita, minä päivänä asiakirja saapui.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            arrived = self.moment("arrived_on", "arrived_time")
            if arrived and arrived > timezone.now() + dt.timedelta(minutes=1):
                self.add_error("arrived_on", _("Saapumisaika on tulevaisuudessa. Tarkista päivä ja kellonaika."))
            self.check_opening()
        elif data.get("opens_on"):
            self.add_error("opens_on", _("Avaamisaika asetetaan vain saapuneelle asiakirjalle."))
        self.check_document()
        return data

    def draft(self, title: str, language: str) -> Draft:
        """The document to be, closed until its time when one was set."""
        return replace(super().draft(title, language), opens_at=self.opens_at())


STATE_CHOICES: Choices = (("", _("Kaikki tilat")), ("open", _("Avoimet")), *CaseState.choices)
DUE_CHOICES: Choices = (("", _("Kaikki")), ("late", _("Myöhässä")), ("week", _("Viikon sisällä")))
HANDLER_CHOICES: Choices = (("", _("Kaikki")), ("mine", _("Minä")), ("none", _("Ei käsittelijää")))


class FilterForm(forms.Form):
    """The filters of the staff list. Their names are those of the address."""

    q = forms.CharField(
        label=_("Asiatunnus tai sanoja"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    tila = forms.ChoiceField(label=_("Tila"), choices=STATE_CHOICES, required=False)
    luokka = forms.CharField(label=_("Tehtäväluokka"), required=False, max_length=40)
    yksikko = forms.ChoiceField(label=_("Yksikkö"), required=False)
    kasittelija = forms.ChoiceField(label=_("Käsittelijä"), choices=HANDLER_CHOICES, required=False)
    erapaiva = forms.ChoiceField(label=_("Määräpäivä"), choices=DUE_CHOICES, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "yksikko", units)
