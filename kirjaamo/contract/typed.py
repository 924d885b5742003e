"""From text to the value of a field, by its kind: what a form, a file, and the API take is read in one way.

A party is written as an identity code or a business id, with the name after it when the party may be new. A link to a record of
the same register is written as its key or as its unique name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kirjaamo.kernel.fields import Attachment, Choice, LongText, Period, Person
from kirjaamo.ui.languages import LANGUAGES
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.text import clean

YES = frozenset({"kyllä", "k", "ja", "yes", "y", "true", "tosi", "1", "x"})
NO = frozenset({"ei", "e", "nej", "n", "no", "false", "epätosi", "0", ""})
DAY = ("%d.%m.%Y", "%Y-%m-%d")
LONGEST = 20_000


class Unread(ValueError):
    """A text is not a value of its field: says what is wrong and how it is written."""


@dataclass(frozen=True)
class Party:
    """A party as someone wrote it: which code, and the name to use when it is not known yet."""

    code: PersonalId | BusinessId
    name: str = ""


Field = models.Field[Any, Any]


def takes(field: Field) -> bool:
    """Whether a person can write a value of the field: calculations and attachments come by verbs only."""
    return field.editable and not isinstance(field, Attachment | models.JSONField)


def read(field: Field, text: str) -> Any:
    """The value that a text says; an empty one is no value when the field allows none. `Unread` says what is wrong."""
    plain = text.strip()
    if not plain and not isinstance(field, models.BooleanField):
        return _nothing(field)
    for kind, reader in READERS:
        if isinstance(field, kind):
            return reader(field, plain)
    raise Unread(_("Tätä tietoa ei voi antaa tekstinä."))


def _nothing(field: Field) -> Any:
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.blank and isinstance(field, models.CharField | models.TextField):
        return ""
    raise Unread(_("Tieto puuttuu."))


def _text(field: Field, text: str) -> str:
    try:
        return clean(text, max_length=field.max_length or LONGEST, multiline=isinstance(field, LongText)).text
    except ValueProblem as problem:
        raise Unread(problem.message(get_language() or "fi")) from problem


def _choice(field: Field, text: str) -> str:
    """A code, or its word in any of the three languages."""
    found = _codes(field).get(text.casefold())
    if found is not None:
        return found
    listed = ", ".join(str(label) for _code, label in field.choices or ())
    raise Unread(_("Ei ole mikään näistä: %(listed)s.") % {"listed": listed})


@cache
def _codes(field: Field) -> Mapping[str, str]:
    """The codes of a choice by all that they may be called: the code itself and its word in any of the three languages."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            for code, label in field.choices or ():
                found.setdefault(str(code).casefold(), str(code))
                found.setdefault(str(label).casefold(), str(code))
    return found


def _flag(_field: Field, text: str) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise Unread(_("Kirjoita kyllä tai ei."))


def day(text: str) -> dt.date | None:
    """A day as 22.11.2026 or 2026-11-22; None when it is neither."""
    for pattern in DAY:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _date(_field: Field, text: str) -> dt.date:
    found = day(text)
    if found is None:
        raise Unread(_("Kirjoita päivä muodossa 22.11.2026 tai 2026-11-22."))
    return found


def _moment(_field: Field, text: str) -> dt.datetime:
    for pattern in ("%d.%m.%Y %H.%M", "%d.%m.%Y klo %H.%M"):
        try:
            return timezone.make_aware(dt.datetime.strptime(text, pattern))  # noqa: DTZ007 - the zone is ours
        except ValueError:
            continue
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Unread(_("Kirjoita hetki muodossa 22.11.2026 14.30 tai 2026-11-22T14:30.")) from None
    return found if found.tzinfo else timezone.make_aware(found)


def _period(_field: Field, text: str) -> DateRange:
    """First and last day, the last one included; an open end is left out."""
    parts = [part.strip() for part in re.split(r"\s*[–/]\s*|\s+-\s+", text, maxsplit=1)]
    first, last = day(parts[0]), day(parts[1]) if len(parts) > 1 and parts[1] else None
    if first is None or (len(parts) > 1 and parts[1] and last is None) or (last is not None and last < first):
        raise Unread(_("Kirjoita jakso muodossa 1.1.2026–31.12.2026; loppupäivän voi jättää pois."))
    return DateRange(first, last + dt.timedelta(days=1) if last else None)


def _number(_field: Field, text: str) -> int:
    try:
        return int(re.sub(r"[\s\u00a0]", "", text))
    except ValueError:
        raise Unread(_("Kirjoita kokonaisluku.")) from None


def _decimal(field: Field, text: str) -> Decimal:
    try:
        found = Decimal(re.sub(r"[\s\u00a0€]", "", text).replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unread(_("Kirjoita luku, esimerkiksi 1234,50."))
    places = getattr(field, "decimal_places", 2)
    if found != round(found, places):
        raise Unread(_("Luvussa on liikaa desimaaleja: enintään %(places)d.") % {"places": places})
    return round(found, places)


def _time(_field: Field, text: str) -> dt.time:
    found = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?::00)?", text)
    try:
        return dt.time(int(found[1]), int(found[2])) if found else dt.time.fromisoformat(text)
    except ValueError:
        raise Unread(_("Kirjoita kellonaika muodossa 18.30.")) from None


def _party(_field: Field, text: str) -> Party:
    """A code and, after it, a name; the sentence of a wrong code never repeats the code."""
    code, _space, name = text.partition(" ")
    kind = BusinessId if re.fullmatch(r"\d{6,7}-\d", code) else PersonalId
    try:
        return Party(kind.parse(code), " ".join(name.split())[:300])
    except ValueProblem as problem:
        raise Unread(problem.message(get_language() or "fi")) from problem


def _link(field: Field, text: str) -> models.Model:
    """A record of the same register by its key, or by the one unique name that it has."""
    model: type[models.Model] = field.related_model  # type: ignore[assignment]
    name = unique_name(model)
    found = model._default_manager.filter(**{name: text}).first() if name else None
    if found is None and text.isdigit():
        found = model._default_manager.filter(pk=int(text)).first()
    if found is None:
        raise no_such(field)
    return found


def no_such(field: Field) -> Unread:
    """That the record that a link names is not there."""
    model: type[models.Model] = field.related_model  # type: ignore[assignment]
    return Unread(_("Tällaista ei ole: %(what)s. Anna sen numero.") % {"what": getattr(model, "label", "") or model._meta.verbose_name})


def unique_name(model: type[models.Model]) -> str:
    """The text field by which one record of a kind is told from another, when it has one."""
    return next((f.name for f in model._meta.concrete_fields if f.unique and isinstance(f, models.CharField)), "")


READERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, str], Any]], ...] = (
    (Person, _party),
    (models.ForeignKey, _link),
    (Choice, _choice),
    (models.BooleanField, _flag),
    (models.DateTimeField, _moment),
    (models.DateField, _date),
    (models.TimeField, _time),
    (Period, _period),
    (models.DecimalField, _decimal),
    (models.IntegerField, _number),
    ((models.CharField, models.TextField), _text),
)


# Back to text -------------------------------------------------------------------------------------------------------------


def write(row: models.Model, field: Field) -> str:  # noqa: PLR0911 - one return for each kind
    """A value as the text that `read` takes back; a party is its name, which says that it stays as it is."""
    value = getattr(row, field.name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H.%M")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, dt.time):
        return f"{value.hour}.{value.minute:02}"
    if isinstance(field, Period):
        last = (value.upper - dt.timedelta(days=1)).strftime("%d.%m.%Y") if value.upper else ""
        return f"{value.lower:%d.%m.%Y}–{last}"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(field, models.ForeignKey) and not isinstance(field, Person):
        name = unique_name(type(value))
        return str(getattr(value, name) if name else value.pk)
    return str(value)


def hint(field: Field) -> str:
    """How a value of the field is written, for who has not written one before."""
    hints: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (Person, _("Henkilötunnus tai Y-tunnus ja sen perään nimi")),
        (models.ForeignKey, _("Tietueen numero")),
        (models.DateTimeField, _("Esimerkiksi 22.11.2026 14.30")),
        (models.DateField, _("Esimerkiksi 22.11.2026")),
        (models.TimeField, _("Esimerkiksi 18.30")),
        (Period, _("Esimerkiksi 1.1.2026–31.12.2026")),
        (models.DecimalField, _("Esimerkiksi 1234,50")),
    )
    return next((text for kind, text in hints if isinstance(field, kind)), "")


def needed(field: Field) -> bool:
    """Whether a value must be given."""
    return not (field.null or field.blank or field.has_default() or isinstance(field, models.BooleanField))
