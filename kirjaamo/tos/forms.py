"""The forms of the plan. An empty choice of a rule means: inherit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.tos.models import CodeValue, NodeKind
from kirjaamo.tos.pages.shown import CHOICES, FIELD_NAMES, value_of
from kirjaamo.tos.rules import FIELDS
from kirjaamo.ui.forms import AnyOf, DateField, FileField
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision, FunctionClass
    from kirjaamo.tos.norms import Known
    from kirjaamo.tos.outline import Place

TYPE_LISTS = {NodeKind.STAGE.value: "PhaseType", NodeKind.DOCUMENT.value: "RecordType", NodeKind.ATTACHMENT.value: "RecordType"}
NUMBERS = ("secrecy_years", "secrecy_fallback_years", "retention_years")
TEXTS = ("secrecy_act", "retention_basis", "archiving_decision")
LISTS = ("retention_norms", "systems")
YES_NO = (("yes", _("Kyllä")), ("no", _("Ei")))


class RuleForm(forms.Form):
    """The rule of a node or class: what is said here; what is empty is inherited, and the inherited value is shown."""

    def __init__(self, *args: Any, said: Mapping[str, Any], inherited: Mapping[str, Any], known: Known, **kwargs: Any) -> None:
        """Take what is said, what would hold without it, and the codes that rules may name."""
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {**_initial(said), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.said = said
        for name in FIELDS:
            self.fields[f"r_{name}"] = _rule_field(name, inherited.get(name), known)

    @property
    def rule_fields(self) -> Sequence[forms.BoundField]:
        """The fields of the rule that are set often."""
        names = (
            "publicity",
            "grounds",
            "personal",
            "identity_code",
            "retention_mode",
            "retention_years",
            "retention_trigger",
            "retention_rounding",
        )
        more = ("retention_basis", "archiving", "archiving_decision", "after_retention")
        return [self[f"r_{name}"] for name in (*names, *more)]

    @property
    def rare_fields(self) -> Sequence[forms.BoundField]:
        """The end of secrecy when the grounds do not tell it, statutes and systems."""
        return [self[f"r_{name}"] for name in FIELDS if name.startswith("secrecy") or name in LISTS]

    def rule(self) -> dict[str, Any]:
        """What is said, without what is left to be inherited."""
        told: dict[str, Any] = {}
        for name in FIELDS:
            value = self.cleaned_data.get(f"r_{name}")
            if value in (None, "", [], {}):
                continue
            if name == "identity_code":
                told[name] = value == "yes"
            elif name in LISTS:
                told[name] = [one.strip() for one in value.split(",") if one.strip()]
            elif name == "secrecy_event":
                told[name] = {"fi": value}
            else:
                told[name] = value
        return told


def _initial(said: Mapping[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for name, value in said.items():
        if name == "identity_code":
            first[f"r_{name}"] = "yes" if value else "no"
        elif name in LISTS:
            first[f"r_{name}"] = ", ".join(value)
        elif name == "secrecy_event":
            first[f"r_{name}"] = value.get("fi", "")
        else:
            first[f"r_{name}"] = value
    return first


def _rule_field(name: str, inherited: object, known: Known) -> forms.Field:
    label = FIELD_NAMES[name]
    nothing = _("Peritään: %s") % value_of(name, inherited, known)
    if name == "grounds":
        choices = [(code, f"{known.names[code]} – {pick(title).text}") for code, title in known.titles.items()]
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, help_text=nothing, widget=AnyOf)
    if name == "retention_trigger":
        triggers = [(code, pick(text).text) for code, text in known.triggers.items()]
        return forms.ChoiceField(label=label, choices=[("", nothing), *triggers], required=False)
    if name == "identity_code":
        return forms.ChoiceField(label=label, choices=[("", nothing), *YES_NO], required=False)
    if name in CHOICES:
        return forms.ChoiceField(
            label=label, choices=[("", nothing), *((code, pick(text).text) for code, text in CHOICES[name].items())], required=False
        )
    if name in NUMBERS:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=500, help_text=nothing)
    return forms.CharField(label=label, required=False, max_length=300, help_text=nothing)


class NodeForm(RuleForm):
    """A stage, measure, document or attachment type with its rule."""

    title_fi = forms.CharField(label=_("Nimi suomeksi"), max_length=200)
    title_sv = forms.CharField(label=_("Nimi ruotsiksi"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Nimi englanniksi"), max_length=200, required=False)
    code = forms.SlugField(label=_("Tunnus"), max_length=60, help_text=_("Ohjelmat tunnistavat kohdan tästä. Muuta vain harkiten."))
    type_code = forms.ChoiceField(label=_("Tyyppi"), required=False)
    specifier = forms.CharField(label=_("Tarkenne"), max_length=200, required=False)
    required = forms.BooleanField(label=_("Pakollinen ennen asian päättämistä"), required=False)
    terminal = forms.BooleanField(label=_("Päättää asian käsittelyn"), required=False)
    deadline = forms.ChoiceField(label=_("Määräaika"), required=False)
    note = forms.CharField(label=_("Lisätieto"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label=_("Lähde"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, place: Place, inherited: Mapping[str, Any], known: Known, seen: str, **kwargs: Any) -> None:
        """Show the node as it stands."""
        node = place.node
        first = {
            "title_fi": node.title.get("fi", ""),
            "title_sv": node.title.get("sv", ""),
            "title_en": node.title.get("en", ""),
            "code": node.code,
            "type_code": node.type_code,
            "specifier": node.specifier.get("fi", ""),
            "required": node.required,
            "terminal": node.terminal,
            "deadline": node.deadline,
            "note": node.note.get("fi", ""),
            "source": node.source,
            "seen": seen,
        }
        super().__init__(*args, said=node.said, inherited=inherited, known=known, initial=first, **kwargs)
        self.node = node
        self.is_document = place.is_document
        codes = CodeValue.objects.filter(list_name=TYPE_LISTS.get(node.kind, "")).order_by("order")
        types = [("", _("Ei tyyppiä")), *((one.code, pick(one.label).text) for one in codes)]
        if node.type_code and node.type_code not in dict(types):
            types.append((node.type_code, node.type_code))
        self.fields["type_code"].choices = types  # type: ignore[attr-defined]
        self.fields["deadline"].choices = [("", _("Ei määräaikaa")), *((code, pick(title).text) for code, title in known.deadlines.items())]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The facts and what is said, for the action; other languages of short texts stay."""
        told = self.cleaned_data
        title = {code: told[f"title_{code}"] for code in ("fi", "sv", "en") if told[f"title_{code}"]}
        return {
            "title": title,
            "code": told["code"],
            "type_code": told["type_code"],
            "specifier": _kept(self.node.specifier, told["specifier"]),
            "required": told["required"],
            "terminal": told["terminal"],
            "deadline": told["deadline"],
            "note": _kept(self.node.note, told["note"]),
            "source": told["source"],
            "said": self.rule(),
        }


def _kept(before: Mapping[str, str], finnish: str) -> dict[str, str]:
    """A text with its Finnish changed; when the Finnish is gone, so are the others."""
    return {**before, "fi": finnish} if finnish else {}


class ClassForm(RuleForm):
    """The facts of a class and the rule that its documents inherit."""

    code = forms.CharField(label=_("Tunnus"), max_length=40)
    title_fi = forms.CharField(label=_("Nimi suomeksi"), max_length=256)
    title_sv = forms.CharField(label=_("Nimi ruotsiksi"), max_length=256, required=False)
    title_en = forms.CharField(label=_("Nimi englanniksi"), max_length=256, required=False)
    description_fi = forms.CharField(
        label=_("Kuvaus suomeksi"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Julkinen: kerro selkeästi, mitä tällaisessa asiassa tapahtuu."),
    )
    description_sv = forms.CharField(label=_("Kuvaus ruotsiksi"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    description_en = forms.CharField(
        label=_("Kuvaus englanniksi"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    internal = forms.CharField(label=_("Sisäinen ohje"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    parent = forms.ChoiceField(label=_("Yläluokka"), required=False)
    sources = forms.CharField(label=_("Lähteet, yksi rivillä"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    proposed = forms.BooleanField(label=_("Ehdotus, josta viranomainen ei ole vielä päättänyt"), required=False)
    law_change = forms.BooleanField(label=_("Muutos johtuu lain muutoksesta"), required=False)
    change_note = forms.CharField(
        label=_("Mikä muuttuu ja miksi"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, revision: ClassRevision, parents: Sequence[tuple[str, str]], known: Known, **kwargs: Any) -> None:
        """Show the class as it stands."""
        first: dict[str, Any] = {
            "code": revision.code,
            "internal": revision.internal,
            "parent": str(revision.parent_id or ""),
            "sources": "\n".join(revision.sources),
            "proposed": revision.proposed,
            "law_change": revision.law_change,
            "change_note": revision.change_note,
        }
        for code in ("fi", "sv", "en"):
            first[f"title_{code}"] = revision.title.get(code, "")
            first[f"description_{code}"] = revision.description.get(code, "")
        super().__init__(*args, said=revision.rules, inherited={}, known=known, initial=first, **kwargs)
        self.fields["parent"].choices = [("", _("Pääluokka")), *parents]  # type: ignore[attr-defined]

    def values(self, parents: Mapping[str, FunctionClass]) -> dict[str, Any]:
        """The facts for the action."""
        told = self.cleaned_data
        return {
            "code": told["code"],
            "title": {code: told[f"title_{code}"] for code in ("fi", "sv", "en") if told[f"title_{code}"]},
            "description": {code: told[f"description_{code}"] for code in ("fi", "sv", "en") if told[f"description_{code}"]},
            "internal": told["internal"],
            "parent": parents.get(told["parent"]),
            "sources": [line.strip() for line in told["sources"].splitlines() if line.strip()],
            "proposed": told["proposed"],
            "law_change": told["law_change"],
            "change_note": told["change_note"],
            "rules": self.rule(),
        }


class NewNodeForm(forms.Form):
    """A new node: its kind, its name, and under what it stands."""

    kind = forms.ChoiceField(label=_("Mitä lisätään"), choices=NodeKind.choices)
    title = forms.CharField(label=_("Nimi suomeksi"), max_length=200)
    parent = forms.ChoiceField(label=_("Minkä alle"), required=False)

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer what a node may stand under."""
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Ei minkään (käsittelyvaihe)")), *parents]  # type: ignore[attr-defined]


class NewClassForm(forms.Form):
    """A class that does not exist yet."""

    code = forms.CharField(label=_("Tunnus"), max_length=40, help_text=_("Esimerkiksi 07 01 04"))
    title = forms.CharField(label=_("Nimi suomeksi"), max_length=256)
    parent = forms.ChoiceField(label=_("Yläluokka"), required=False)

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the classes in force."""
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Pääluokka")), *parents]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("Perustelu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class NoteForm(forms.Form):
    """A remark in words."""

    text = forms.CharField(label=_("Kommentti"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    node = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    """From which day."""

    on = DateField(label=_("Voimaan alkaen"))
    note = forms.CharField(label=_("Huomautus"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class RetireForm(ReasonForm):
    """The last day of a class, why, and where new cases go."""

    on = DateField(label=_("Viimeinen voimassaolopäivä"))
    successors = forms.MultipleChoiceField(label=_("Seuraajat"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}))

    def __init__(self, *args: Any, classes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the classes in force."""
        super().__init__(*args, **kwargs)
        self.fields["successors"].choices = classes  # type: ignore[attr-defined]


class PackageForm(forms.Form):
    """A package by its name."""

    title = forms.CharField(label=_("Paketin nimi"), max_length=200)
    note = forms.CharField(label=_("Mitä muutetaan ja miksi"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class BulkForm(RuleForm):
    """Which nodes a change means, and what they will say."""

    classes = forms.CharField(
        label=_("Luokat"),
        required=False,
        max_length=2000,
        help_text=_("Tunnusten alkuja pilkuilla erotettuna, esimerkiksi 07, 10 04. Tyhjä: kaikki luokat."),
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    type_code = forms.ChoiceField(label=_("Asiakirjatyyppi"), required=False)
    node_code = forms.CharField(label=_("Kohdan tunnus"), required=False, max_length=60)
    on_class = forms.BooleanField(label=_("Sano sääntö luokalle, jotta kaikki perivät sen"), required=False)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        """Offer the document types."""
        super().__init__(*args, said={}, inherited={}, known=known, **kwargs)
        codes = CodeValue.objects.filter(list_name="RecordType").order_by("order")
        self.fields["type_code"].choices = [("", _("Kaikki")), *((one.code, pick(one.label).text) for one in codes)]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file to bring."""

    file = FileField(label=_("Tiedosto"), endings=["csv", "xlsx"], most=10_000_000)
