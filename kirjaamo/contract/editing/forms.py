"""Forms of plain values, made from the fields of a record: each field is read as `typed.read` reads it anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from kirjaamo.contract import typed
from kirjaamo.contract.record import Record
from kirjaamo.kernel.fields import Choice, LongText

Field = models.Field[Any, Any]
AS_IS = object()
"""What a field of a form gives when its text was left as it stood."""


class TypedField(forms.CharField):
    """A text that is read as a value of a record's field; left as it stood, it says so instead of being read."""

    def __init__(self, field: Field, *, shown: str = "", **kwargs: Any) -> None:
        """Take the field, and the text that stands in the form when it opens."""
        super().__init__(label=field.verbose_name, help_text=typed.hint(field), strip=True, **kwargs)
        self.field, self.shown = field, shown

    def clean(self, value: Any) -> Any:
        """The value; an error says how it is written."""
        text = super().clean(value)
        if self.shown and text == self.shown:
            return AS_IS
        try:
            return typed.read(self.field, text)
        except typed.Unread as problem:
            raise forms.ValidationError(str(problem), code="invalid") from problem


class SparseField(forms.CharField):
    """A field of a bulk change: empty leaves the value of each row as it is."""

    def __init__(self, field: Field, **kwargs: Any) -> None:
        """Take the field."""
        super().__init__(label=field.verbose_name, help_text=typed.hint(field), required=False, **kwargs)
        self.field = field

    def clean(self, value: Any) -> Any:
        """The value, or that it stays."""
        text = super().clean(value)
        try:
            return typed.read(self.field, text) if text else AS_IS
        except typed.Unread as problem:
            raise forms.ValidationError(str(problem), code="invalid") from problem


def record_form(fields: Mapping[str, Field], row: Record | None) -> type[forms.Form]:
    """The form of one record: every field, filled with what the record says."""
    made: dict[str, forms.Field] = {}
    for name, field in fields.items():
        shown = typed.write(row, field) if row is not None else ""
        first = shown or (str(field.get_default()) if row is None and field.has_default() and not callable(field.default) else "")
        common: dict[str, Any] = {"required": typed.needed(field), "initial": first}
        made[name] = TypedField(field, shown=shown, widget=_widget(field, str(getattr(row, name, first) or first)), **common)
        if isinstance(field, Choice) and row is not None:
            made[name].initial = getattr(row, name)
            made[name].shown = getattr(row, name)  # type: ignore[attr-defined]
    return type("RecordForm", (forms.Form,), made)


def _widget(field: Field, value: str) -> forms.Widget:
    if isinstance(field, Choice):
        empty = [("", _("Ei mitään näistä"))] if not typed.needed(field) or not value else []
        return forms.Select(choices=[*empty, *((str(code), label) for code, label in field.choices or () if code != "")])
    if isinstance(field, models.BooleanField):
        return forms.Select(choices=[("kyllä", _("Kyllä")), ("ei", _("Ei"))])
    return forms.Textarea(attrs={"rows": 4}) if isinstance(field, LongText) else forms.TextInput()


def bulk_form(fields: Mapping[str, Field]) -> type[forms.Form]:
    """The one form of a bulk change: what is filled changes in every chosen row; a box empties what may be empty."""
    made: dict[str, forms.Field] = {}
    for name, field in fields.items():
        made[name] = SparseField(field, widget=_sparse_widget(field))
        if field.null or (field.blank and isinstance(field, models.CharField | models.TextField)):
            label = _("Tyhjennä: %(field)s") % {"field": str(field.verbose_name)}
            made[f"empty-{name}"] = forms.BooleanField(label=label, required=False)
    return type("BulkForm", (forms.Form,), made)


def _sparse_widget(field: Field) -> forms.Widget:
    stays = [("", _("Ei muutu"))]
    if isinstance(field, Choice):
        return forms.Select(choices=[*stays, *((str(code), label) for code, label in field.choices or () if code != "")])
    if isinstance(field, models.BooleanField):
        return forms.Select(choices=[*stays, ("kyllä", _("Kyllä")), ("ei", _("Ei"))])
    return forms.TextInput()


def changed(form: forms.Form, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The values that a valid form changes; those left as they stood are not among them."""
    told = {name: value for name in fields if (value := form.cleaned_data.get(name, AS_IS)) is not AS_IS}
    emptied = {name: None if fields[name].null else "" for name in fields if form.cleaned_data.get(f"empty-{name}")}
    return told | emptied
