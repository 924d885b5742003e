"""Forms in the markup of the house: a renderer for every Django form, the fields that need more, the error summary.

Set FORM_RENDERER = "kirjaamo.ui.forms.Renderer"; then `{{ form }}` gives labels, hints, errors and their links, and
`{% error_summary form %}` the list at the top of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

DATE_HINT = _("Muodossa pp.kk.vvvv, esimerkiksi 22.11.2026")


class Renderer(TemplatesSetting):
    """Draws every form, field and formset with the templates of this room."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"


class DateInput(forms.DateInput):
    """A date as a Finn writes it; a native picker would show the order of the browser's language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", "data-date": ""} | (attrs or {}), format="%d.%m.%Y")


class DateField(forms.DateField):
    """A date typed day first (22.11.2026) or as ISO (2026-11-22); the hint says so."""

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Kirjoita päivämäärä muodossa pp.kk.vvvv, esimerkiksi 22.11.2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", DATE_HINT)
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%Y-%m-%d"])
        super().__init__(**kwargs)


class AnyOf(forms.CheckboxSelectMultiple):
    """Some of many: ticks in a box that scrolls, because a list that wants Ctrl with each click loses what was chosen.

    The chosen ones stand first.
    """

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        """Return the choices as Django groups them, with those that hold a chosen one before the others."""
        return sorted(super().optgroups(name, value, attrs), key=lambda group: not any(option["selected"] for option in group[1]))


class FileInput(forms.FileInput):
    """A file field that also takes a file dropped on it."""

    template_name = "ui/forms/file.html"


class FileField(forms.FileField):
    """A file with a largest size (bytes) and the endings that are taken, refused before anything is stored."""

    widget = FileInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_large": _("Tiedosto on liian suuri: %(size)s Mt. Suurin sallittu koko on %(most)s Mt."),
    }

    def __init__(self, *, endings: Iterable[str] = (), most: int = 20_000_000, **kwargs: Any) -> None:
        self.endings, self.most = sorted(endings), most
        if self.endings:
            kwargs["validators"] = [*kwargs.get("validators", []), FileExtensionValidator(self.endings)]
        kwargs.setdefault("help_text", _hint_of_file(tuple(self.endings), most))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the browser too what is taken, so that a person hears of it before sending."""
        attrs = super().widget_attrs(widget) | {"data-most": str(self.most)}
        if self.endings:
            attrs["accept"] = ",".join(f".{ending}" for ending in self.endings)
        return attrs

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file over the largest size before its content is looked at."""
        if isinstance(data, UploadedFile) and (data.size or 0) > self.most:
            values = {"size": _megabytes(data.size or 0), "most": _megabytes(self.most)}
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large", params=values)
        return super().clean(data, initial)


def file_hint(endings: Iterable[str], most: int) -> str:
    """Return the hint of a file field: what is taken and how large."""
    kinds = ", ".join(ending.upper() for ending in endings)
    size = str(_("Enintään %(most)s Mt.") % {"most": _megabytes(most)})
    return f"{kinds}. {size}" if kinds else size


_hint_of_file = lazy(file_hint, str)
"""The hint in the language of whoever reads it: a form is made once for all readers."""


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field ready for its template: the widget tied to its hint and its error."""

    field: BoundField
    widget: SafeString
    kind: str
    hint_id: str
    error_id: str
    described_by: str
    optional: bool
    errors: tuple[str, ...]


KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (AnyOf, "choices many"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.DateInput, "date"),
    (forms.NumberInput, "number"),
    (forms.MultiWidget, "group"),
)


def draw(bound: BoundField) -> Drawn:
    """Return the field with its ids; a group of choices is described by its fieldset, a lone input by itself."""
    widget = bound.field.widget
    kind = kind_of(bound)
    described = bound.aria_describedby or widget.attrs.get("aria-describedby", "")
    return Drawn(
        field=bound,
        widget=bound.as_widget(),
        kind=kind,
        hint_id=f"{bound.auto_id}_helptext",
        error_id=f"{bound.auto_id}_error",
        described_by=described,
        optional=not bound.field.required and kind != "checkbox",
        errors=error_texts(bound),
    )


def kind_of(bound: BoundField) -> str:
    """Return what a field is to its template: text, textarea, select, choices, choices many, checkbox, date, number, file or group."""
    return next((name for cls, name in KINDS if isinstance(bound.field.widget, cls)), "text")


# What to do, in place of Django's "This field is required."; a field's own message stands as it is.
MISSING = {
    "choices": _("Valitse vaihtoehto."),
    "choices many": _("Valitse vaihtoehto."),
    "select": _("Valitse vaihtoehto."),
    "checkbox": _("Hyväksy tämä, jotta voit jatkaa."),
    "file": _("Valitse tiedosto."),
    "date": _("Kirjoita päivämäärä."),
}


def error_texts(bound: BoundField) -> tuple[str, ...]:
    """Return the errors of a field as texts that say what to do."""
    plain = forms.Field.default_error_messages["required"]
    shown = []
    for error in bound.errors.as_data():
        if error.code == "required" and error.message == plain:
            shown.append(str(MISSING.get(kind_of(bound), _("Täytä tämä kohta."))))
        else:
            shown.extend(str(text) for text in error)
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of a form and the id of the input that it is about; empty: the form as a whole."""

    text: str
    target: str
    label: str


def problems(*items: forms.BaseForm | forms.BaseFormSet[Any] | None) -> Iterator[Problem]:
    """Yield every error of forms and formsets in the order of the fields, for the summary at the top of the page."""
    for item in items:
        if item is None:
            continue
        if isinstance(item, forms.BaseFormSet):
            yield from (Problem(str(text), "", "") for text in item.non_form_errors())
            yield from problems(*item.forms)
            continue
        yield from (Problem(str(text), "", "") for text in item.non_field_errors())
        for bound in item:
            target = _first_input(bound)
            yield from (Problem(str(text), target, str(bound.label)) for text in error_texts(bound))


def _first_input(bound: BoundField) -> str:
    """Return the id of the first input of a field; a group of choices is reached by its first choice."""
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
