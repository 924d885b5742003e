"""The forms of the desk: what an official tells when a request is recorded, searched, given, answered, refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import ClosingGround
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload, accept
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import Key
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import Unit
from kirjaamo.requests import letters
from kirjaamo.requests.fields import KeyField, PlainField, ProseField
from kirjaamo.requests.forms import AskForm
from kirjaamo.requests.kinds import EXTENSION_REASONS, KINDS
from kirjaamo.requests.models import DISCLOSED, InformationRequest, Outcome, RefusalBasis, RequestKind
from kirjaamo.ui.forms import AnyOf, DateField, FileField
from kirjaamo.ui.languages import pick
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.publicity import ClauseType, PersonalData, Publicity

Choices = list[tuple[str, Any]]
ENDINGS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt", "txt", "csv")
GROUND_ROWS = 3
DAYS = frozenset({"date", "period"})
"""Kinds of search key that are a day: what is no day is refused, so that no search stands as done that could find nothing."""
GIVING_WAYS: Choices = [(way.value, way.label) for way in (Way.E_SERVICE, Way.SECURE_MAIL, Way.EMAIL, Way.POST, Way.COUNTER)]
ANSWER_WAYS: Choices = [(way.value, way.label) for way in (Way.E_SERVICE, Way.SECURE_MAIL, Way.POST, Way.COUNTER)]
SHOWN = _("Viesti ei sisällä muuta kuin julkista tietoa, ja sen saa näyttää pyynnön osoitteessa")


def ground_choices() -> Choices:
    """The grounds for secrecy in force, the most used first."""
    today = timezone.localdate()
    rows = SecrecyGround.objects.filter(Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today))
    ranked = sorted(rows, key=lambda row: ({"high": 0, "medium": 1, "low": 2}.get(row.relevance, 3), row.pk))
    language = (get_language() or "fi")[:2]
    return [(row.code, f"{letters.citation(row, language)}: {pick(row.title).text}") for row in ranked]


class UploadField(FileField):
    """A file that passes the policy of uploads before anything is stored; gives an `Upload`."""

    def __init__(self, **kwargs: Any) -> None:
        """The endings and the limit of the authority."""
        super().__init__(endings=ENDINGS, most=settings.UPLOAD_LIMIT_MB * 1_000_000, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse by what the bytes are."""
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return accept(file.name, file.read())
        except Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from refused


class RecordForm(AskForm):
    """A request that came by telephone, post, e-mail or at the counter."""

    way = forms.ChoiceField(
        label=_("Miten pyyntö tuli"),
        choices=[(w.value, w.label) for w in (Way.TELEPHONE, Way.EMAIL, Way.SECURE_MAIL, Way.POST, Way.COUNTER)],
    )
    received_on = DateField(label=_("Minä päivänä pyyntö saapui"))
    kind = forms.ChoiceField(label=_("Pyynnön laji"), choices=RequestKind.choices)
    language = forms.ChoiceField(label=_("Pyytäjän kieli"), choices=[("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Today unless told otherwise."""
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        self.fields["what"].label, self.fields["what"].help_text = (
            _("Mitä pyydetään"),
            _("Pyytäjän sanoin. Henkilötunnusta ei kirjoiteta tähän."),
        )
        self.order_fields(["kind", "way", "received_on", "language", "what", *self.question_names, "name", "email", "address", "key"])

    def clean_received_on(self) -> dt.datetime:
        """A day that has been; today means now."""
        day: dt.date = self.cleaned_data["received_on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Saapumispäivä on tulevaisuudessa. Tarkista päivä."))
        if day < today - dt.timedelta(days=366):
            raise forms.ValidationError(_("Saapumispäivä on yli vuoden takana. Tarkista päivä."))
        now = timezone.localtime()
        return now if day == today else now.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0)


class RouteForm(forms.Form):
    """To which unit, and why."""

    unit = forms.ModelChoiceField(label=_("Yksikkö, joka jatkaa"), queryset=Unit.objects.none(), empty_label=_("Valitse"))
    reason = PlainField(label=_("Miksi pyyntö siirretään"), max_length=500)

    def __init__(self, *args: Any, item: InformationRequest, **kwargs: Any) -> None:
        """All units but the one that has it."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.exclude(pk=item.case.unit_id)  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: pick(unit.title).text  # type: ignore[attr-defined]


class IdentifyForm(forms.Form):
    """Who the asker is and how it was proved."""

    name = PlainField(label=_("Nimi"), help_text=_("Niin kuin se on henkilöllisyystodistuksessa."), max_length=200)
    personal_id = forms.CharField(
        label=_("Henkilötunnus"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    how = forms.ChoiceField(
        label=_("Miten pyytäjä tunnistettiin"),
        choices=[
            ("id_card", _("Henkilökortti tai passi asiointipisteessä")),
            ("driving_licence", _("Ajokortti asiointipisteessä")),
            ("secure_mail", _("Vahva tunnistautuminen suojatussa sähköpostissa")),
            ("known", _("Aiempi tunnistus samassa asiassa")),
        ],
        widget=forms.RadioSelect,
    )

    def clean_personal_id(self) -> PersonalId:
        """A valid code of someone born; what is wrong is told without repeating the code."""
        try:
            return PersonalId.parse(self.cleaned_data["personal_id"], today=timezone.localdate())
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message((get_language() or "fi")[:2]), code=problem.code) from problem


class KeysForm(forms.Form):
    """The search keys of a home register."""

    def __init__(self, *args: Any, keys: Sequence[Key], told: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        """One field for each key; what the asker told stands there already."""
        super().__init__(*args, **kwargs)
        for number, key in enumerate(keys):
            known = next((str(answer.get("value", "")) for answer in told if answer.get("kind") == key.kind), "")
            hint = _("Salassa pidettävä tieto: hae vain, kun pyytäjä on tunnistettu tai hakuun on peruste.") if key.secret else ""
            label = pick(key.label).text
            if key.kind in DAYS:
                self.fields[f"key{number}"] = DateField(label=label, required=False, initial=known)
            else:
                self.fields[f"key{number}"] = PlainField(label=label, required=False, initial=known, help_text=hint)
        self.names = {f"key{number}": key.name for number, key in enumerate(keys)}

    def clean(self) -> dict[str, Any]:
        """At least one key."""
        data = super().clean() or {}
        if not any(data.values()) and not self.errors:
            raise forms.ValidationError(_("Anna ainakin yksi hakutekijä."))
        return data

    def values(self) -> dict[str, str]:
        """What was given, by the names of the keys; a day as ISO."""
        return {self.names[field]: str(value) for field, value in self.cleaned_data.items() if value}


class HandSearchForm(forms.Form):
    """The proof of a search made by hand."""

    keys = PlainField(
        label=_("Millä hakutekijöillä haettiin"),
        help_text=_("Hakutekijän nimi riittää, esimerkiksi nimi tai osoite. Erota pilkulla. Älä kirjoita arvoja."),
        max_length=500,
    )
    hits = forms.IntegerField(label=_("Montako osumaa löytyi"), min_value=0, max_value=1_000_000)
    note = ProseField(label=_("Huomioita hausta"), required=False, rows=3, max_length=2000)


class TransferForm(forms.Form):
    """To whom a part of the request goes."""

    body = PlainField(label=_("Viranomainen, jolle pyyntö siirretään"), max_length=200)
    note = ProseField(label=_("Lisätietoja"), required=False, rows=3, max_length=2000)


class OnceForm(forms.Form):
    """A form that asks nothing and is taken once."""

    key = KeyField()


class LogForm(OnceForm):
    """From which day on it is told who has looked."""

    since = DateField(
        label=_("Mistä alkaen?"),
        required=False,
        help_text=_(
            "Tyhjä: koko säilytetty käyttöloki. Sosiaali- ja terveydenhuollon lokitietoja annetaan kahden vuoden ajalta, "
            "vanhempia vain erityisestä syystä (703/2023 11 §)."
        ),
    )


class DocumentForm(forms.Form):
    """A document that may be given, with its publicity as the official decides it."""

    file = UploadField(label=_("Tiedosto"))
    title = PlainField(
        label=_("Asiakirjan nimi"),
        help_text=_("Nimi näkyy pyytäjälle. Salassa pidettävää tietoa tai henkilön nimeä ei kirjoiteta nimeen."),
        max_length=200,
    )
    publicity = forms.ChoiceField(label=_("Julkisuus"), choices=[(p.value, p.label.fi) for p in Publicity], widget=forms.RadioSelect)
    personal = forms.ChoiceField(label=_("Henkilötiedot"), choices=[(p.value, p.label.fi) for p in PersonalData], widget=forms.RadioSelect)
    grounds = forms.MultipleChoiceField(
        label=_("Salassapitoperusteet"), required=False, help_text=_("Jos asiakirja tai sen osa on salassa pidettävä."), widget=AnyOf
    )
    reason = PlainField(
        label=_("Miksi julkisuus on tämä"), help_text=_("Esimerkiksi: yhteystiedot poistettu, muu osa julkinen."), max_length=500
    )
    key = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The words of the page's language."""
        super().__init__(*args, **kwargs)
        language = (get_language() or "fi")[:2]
        self.fields["publicity"].choices = [(p.value, p.label.pick(language)) for p in Publicity]  # type: ignore[attr-defined]
        self.fields["personal"].choices = [(p.value, p.label.pick(language)) for p in PersonalData]  # type: ignore[attr-defined]
        self.fields["grounds"].choices = ground_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A secret document names its ground, a public one has none."""
        data = super().clean() or {}
        told = data.get("publicity")
        if told and Publicity(told).needs_ground and not data.get("grounds") and "grounds" not in self.errors:
            self.add_error("grounds", _("Valitse salassapitoperuste tai merkitse asiakirja julkiseksi."))
        if told and not Publicity(told).needs_ground and data.get("grounds"):
            self.add_error("grounds", _("Julkisella asiakirjalla ei ole salassapitoperustetta. Poista valinta tai muuta julkisuutta."))
        return data


class GiveForm(forms.Form):
    """How a document is given."""

    way = forms.ChoiceField(label=_("Miten asiakirja annetaan"), choices=GIVING_WAYS, widget=forms.RadioSelect)
    may_process = forms.BooleanField(
        label=_("Saajalla on oikeus käsitellä asiakirjan henkilötietoja (julkisuuslaki 16 § 3 mom.)"), required=False
    )


class MessageForm(forms.Form):
    """A message to the asker."""

    text = ProseField(label=_("Viesti"), max_length=10_000)
    public = forms.BooleanField(label=SHOWN, required=False)
    key = KeyField()

    def __init__(self, *args: Any, item: InformationRequest, **kwargs: Any) -> None:
        """Open unless the request needs identity."""
        super().__init__(*args, **kwargs)
        self.fields["public"].initial = not item.needs_identity


class AnswerForm(MessageForm):
    """The answer that ends the request."""

    text = ProseField(
        label=_("Vastaus"),
        rows=10,
        help_text=_("Kirjoita pyytäjän kielellä. Kerro, mitä annetaan ja miten tiedot haettiin."),
        max_length=20_000,
    )
    outcome = forms.ChoiceField(
        label=_("Lopputulos"),
        choices=[(o.value, o.label) for o in (Outcome.GIVEN, Outcome.PARTLY_GIVEN, Outcome.ANSWERED, Outcome.TRANSFERRED)],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(label=_("Miten vastaus annetaan"), choices=ANSWER_WAYS, initial=Way.E_SERVICE)
    field_order = ("outcome", "text", "way", "public")

    def __init__(self, *args: Any, item: InformationRequest, **kwargs: Any) -> None:
        """Begin with what registers have told the case that they gave and left out and on which ground; such an answer is not open."""
        super().__init__(*args, item=item, **kwargs)
        told = item.case.events.filter(kind=DISCLOSED).order_by("id").values_list("note", flat=True)
        if text := "\n".join(note for note in told if note):
            self.fields["text"].initial = text
            self.fields["public"].initial = False


class ExtendForm(forms.Form):
    """For which of the reasons of the law."""

    reason = forms.ChoiceField(label=_("Miksi määräaikaa jatketaan"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, item: InformationRequest, **kwargs: Any) -> None:
        """The reasons of the kind of request."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one, EXTENSION_REASONS[one]) for one in KINDS[item.kind].reasons]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why a request ends without more."""

    ground = forms.ChoiceField(
        label=_("Miksi käsittely päättyy"),
        choices=[
            (ClosingGround.WITHDRAWN.value, _("Pyytäjä perui pyynnön")),
            (ClosingGround.LAPSED.value, _("Pyytäjä ei ole halunnut viranomaisen päätöstä")),
        ],
        widget=forms.RadioSelect,
    )
    reason = PlainField(
        label=_("Mistä se tiedetään"),
        help_text=_("Esimerkiksi: pyytäjä ilmoitti puhelimessa, tai kohtuullinen aika on kulunut."),
        max_length=500,
    )


class DecideForm(forms.Form):
    """The authority's decision as it was signed."""

    file = UploadField(label=_("Allekirjoitettu päätös"))
    text = ProseField(label=_("Viesti pyytäjälle"), rows=4, max_length=5000)
    way = forms.ChoiceField(
        label=_("Miten päätös annetaan tiedoksi"), choices=[(w.value, w.label) for w in (Way.POST, Way.SECURE_MAIL, Way.COUNTER)]
    )
    appeal = forms.BooleanField(label=_("Päätöksessä on valitusosoitus hallinto-oikeuteen (julkisuuslaki 33 §)"))
    public = forms.BooleanField(label=SHOWN, required=False)
    key = KeyField()

    def clean_file(self) -> Upload:
        """A decision is a PDF."""
        upload: Upload = self.cleaned_data["file"]
        if upload.media_type != "application/pdf":
            raise forms.ValidationError(_("Päätös on lisättävä PDF-tiedostona."))
        return upload


class RefuseForm(forms.Form):
    """The official's first-line refusal, part by part as the law asks for it (JulkL 621/1999 § 10, 11, 14, 17)."""

    basis = forms.ChoiceField(label=_("Peruste"), widget=forms.RadioSelect)
    what = ProseField(
        label=_("Mitä ei anneta"), rows=2, help_text=_("Yksilöi niin, ettei salassa pidettävä tieto paljastu."), max_length=2000
    )
    reason = ProseField(label=_("Miksi"), rows=4, help_text=_("Syy omin sanoin pyytäjän kielellä."), max_length=5000)
    given = ProseField(label=_("Mitä annetaan nyt"), required=False, rows=2, help_text=_("Tyhjä: mitään ei anneta."), max_length=2000)
    partial_reason = ProseField(
        label=_("Miksi julkista osaa ei voi antaa"),
        required=False,
        rows=2,
        help_text=_("Kerro, jos mitään ei anneta (julkisuuslaki 10 §)."),
        max_length=2000,
    )
    party = ProseField(
        label=_("Asianosaisen oikeus"),
        rows=2,
        help_text=_("Miten asianosaisen oikeutta tai oikeutta omiin tietoihin on arvioitu (julkisuuslaki 11–12 §)."),
        max_length=2000,
    )
    provisions = PlainField(label=_("Muut sovelletut säännökset"), required=False, max_length=500)
    fee = PlainField(
        label=_("Asian käsittelyn maksut"), help_text=_("Mitä viranomaisen päätöksen tekeminen maksaa pyytäjälle."), max_length=500
    )
    way = forms.ChoiceField(label=_("Miten vastaus annetaan"), choices=ANSWER_WAYS)
    public = forms.BooleanField(label=SHOWN, required=False)

    def __init__(self, *args: Any, item: InformationRequest, **kwargs: Any) -> None:
        """Rows for grounds with their test, and the bases that suit the kind of request."""
        super().__init__(*args, **kwargs)
        bases = letters.BASES_OF_GDPR if KINDS[item.kind].data_subject else letters.BASES_OF_OPENNESS
        self.fields["basis"].choices = [(one.value, one.label) for one in bases]  # type: ignore[attr-defined]
        self.fields["public"].initial = not item.needs_identity
        self.fields["way"].initial = Way.POST if item.needs_identity else Way.E_SERVICE
        choices = [("", _("Ei perustetta")), *ground_choices()]
        for number in range(1, GROUND_ROWS + 1):
            label = _("Salassapitoperuste %(number)s") % {"number": number}
            self.fields[f"ground_{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"test_{number}"] = ProseField(
                label=_("Arvio perusteesta %(number)s") % {"number": number},
                required=False,
                rows=2,
                max_length=2000,
                help_text=_("Mitä haittaa tiedon antamisesta seuraisi, tai miksi haitattomuus ei ole ilmeistä. Ei paljasteta sisältöä."),
            )
        rows = [name for number in range(1, GROUND_ROWS + 1) for name in (f"ground_{number}", f"test_{number}")]
        self.order_fields(["basis", *rows, "what", "reason", "given", "partial_reason", "party", "provisions", "fee", "way", "public"])

    def clean(self) -> dict[str, Any]:
        """A ground with a harm test tells its test; secrecy names a ground; refusing the whole tells why no part is given."""
        data = super().clean() or {}
        codes = [data.get(f"ground_{number}") or "" for number in range(1, GROUND_ROWS + 1)]
        clauses = dict(SecrecyGround.objects.filter(code__in=[code for code in codes if code]).values_list("code", "clause"))
        for number, code in enumerate(codes, start=1):
            if code and clauses[code] != ClauseType.ABSOLUTE and not data.get(f"test_{number}"):
                self.add_error(f"test_{number}", _("Perusteessa on vahinkoedellytys. Kerro arvio siitä."))
        if data.get("basis") == RefusalBasis.SECRET and not any(codes) and "ground_1" not in self.errors:
            self.add_error("ground_1", _("Valitse salassapitoperuste, johon kieltäytyminen perustuu."))
        if not data.get("given") and not data.get("partial_reason") and data.get("basis") not in {None, RefusalBasis.NOT_FOUND}:
            self.add_error("partial_reason", _("Kerro, miksi julkistakaan osaa ei voi antaa, tai mitä annetaan nyt."))
        return data

    def told(self) -> letters.RefusalFacts:
        """The facts as the letter takes them; what is not filled in yet is empty (for the preview)."""
        data = self.cleaned_data
        pairs = [(data.get(f"ground_{n}") or "", data.get(f"test_{n}") or "") for n in range(1, GROUND_ROWS + 1)]
        chosen = {code: test for code, test in pairs if code}
        texts = {name: data.get(name) or "" for name in ("what", "reason", "given", "party", "partial_reason", "provisions", "fee")}
        return letters.RefusalFacts(basis=data.get("basis") or RefusalBasis.OTHER_LAW, grounds=tuple(chosen), tests=chosen, **texts)
