"""Model fields that carry facts: the declaration of a register's data, said once.

Each answers to migrations as the plain Django field, so that a change of label or publicity makes no migration.
Links to people and documents go through settings that name the model, as Django does with its user.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kirjaamo.kernel.facts import Facts
from kirjaamo.values.publicity import PersonalData, Publicity


class Factual(models.Field):  # type: ignore[type-arg]
    """Mixed into a Django field: takes the facts, keeps them out of migrations."""

    facts: Facts
    plain: str
    """The path of the Django field that migrations see."""

    def __init__(
        self,
        label: object = None,
        *args: Any,
        publicity: Publicity | None = None,
        grounds: Sequence[str] = (),
        personal: PersonalData = PersonalData.NONE,
        **kwargs: Any,
    ) -> None:
        """Give the label and the facts; the rest goes to the Django field."""
        self.facts = Facts(publicity or Publicity.SECRET, tuple(grounds), personal, declared=publicity is not None)
        super().__init__(*args, verbose_name=label, **kwargs)  # type: ignore[misc, arg-type]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Answer as the plain Django field, without label and facts."""
        name, _, args, kwargs = super().deconstruct()
        for said in ("verbose_name", "help_text"):
            kwargs.pop(said, None)
        if "choices" in kwargs:
            del kwargs["choices"]
        return name, self.plain, list(args), kwargs


class Text(Factual, models.CharField):  # type: ignore[type-arg]
    """One line of text."""

    plain = "django.db.models.CharField"

    def __init__(self, label: object = None, *args: Any, **kwargs: Any) -> None:
        """200 characters unless told."""
        kwargs.setdefault("max_length", 200)
        super().__init__(label, *args, **kwargs)


class _Masked(DeferredAttribute):
    """Reads a contact fact as empty under non-disclosure; writing keeps what is written."""

    field: Contact

    def __get__(self, instance: Any, cls: type[Any] | None = None) -> Any:
        """The value, unless the person whose contact it is is under non-disclosure."""
        value = super().__get__(instance, cls)
        return value if instance is None or not self.field.hidden_in(instance) else ""

    def __set__(self, instance: Any, value: Any) -> None:
        """Keep the value."""
        instance.__dict__[self.field.attname] = value


class Contact(Text):
    """A contact fact (address, e-mail, telephone, municipality) of the person that the record names by `of`.

    Under non-disclosure for personal safety it reads as empty, whatever page, list, export, letter or interface reads it; the
    column keeps it (661/2009 § 36–37). `stored` reads the column, for the journal and for saving.
    """

    descriptor_class = _Masked

    def __init__(self, label: object = None, *args: Any, of: str = "", **kwargs: Any) -> None:
        """`of` is the name of the `Person` field whose contact it is."""
        self.of = of
        kwargs.setdefault("personal", PersonalData.CONTAINS)
        super().__init__(label, *args, **kwargs)

    def hidden_in(self, row: models.Model) -> bool:
        """Whether the person whose contact it is is under non-disclosure."""
        person = getattr(row, self.of, None)
        return bool(getattr(person, "safety_non_disclosure", False))

    def stored(self, row: models.Model) -> Any:
        """What the column holds."""
        return row.__dict__.get(self.attname, "")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - as Django calls it
        """Write what the column holds, not what is read."""
        del add
        return self.stored(model_instance)


class LongText(Factual, models.TextField):  # type: ignore[type-arg]
    """Many lines of text."""

    plain = "django.db.models.TextField"


class Choice(Factual, models.CharField):  # type: ignore[type-arg]
    """One of a few: a stable code from a `TextChoices` class."""

    plain = "django.db.models.CharField"

    def __init__(self, label: object = None, options: type[models.TextChoices] | None = None, *args: Any, **kwargs: Any) -> None:
        """Take the options class; the column is as wide as codes ever are."""
        self.options = options
        kwargs.setdefault("max_length", 40)
        if options is not None:
            kwargs["choices"] = options.choices
        super().__init__(label, *args, **kwargs)


class Date(Factual, models.DateField):  # type: ignore[type-arg]
    """A day."""

    plain = "django.db.models.DateField"


class Moment(Factual, models.DateTimeField):  # type: ignore[type-arg]
    """A moment, aware of its zone."""

    plain = "django.db.models.DateTimeField"


class Period(Factual, DateRangeField):
    """A range of days, lower bound in, upper bound out."""

    plain = "django.contrib.postgres.fields.ranges.DateRangeField"


class Money(Factual, models.DecimalField):  # type: ignore[type-arg]
    """Euros with exact cents."""

    plain = "django.db.models.DecimalField"

    def __init__(self, label: object = None, *args: Any, **kwargs: Any) -> None:
        """Two decimals, twelve digits unless told."""
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(label, *args, **kwargs)


class Number(Factual, models.IntegerField):  # type: ignore[type-arg]
    """A whole number."""

    plain = "django.db.models.IntegerField"


class Flag(Factual, models.BooleanField):  # type: ignore[type-arg]
    """Yes or no."""

    plain = "django.db.models.BooleanField"


class Link(Factual, models.ForeignKey):  # type: ignore[type-arg]
    """A reference to a row of the same register or of a room below. What it points at is never deleted under it."""

    plain = "django.db.models.ForeignKey"

    def __init__(self, label: object = None, to: Any = None, *args: Any, **kwargs: Any) -> None:
        """Take the model that is pointed at."""
        kwargs.setdefault("on_delete", models.PROTECT)
        super().__init__(label, to, *args, **kwargs)


class Person(Link):
    """A person or an organisation as a party (`settings.KIRJAAMO_SUBJECT_MODEL`)."""

    def __init__(self, label: object = None, to: Any = None, *args: Any, dwells: bool = False, **kwargs: Any) -> None:
        """Link to the subject model that the settings name. `dwells`: the record tells where the person may live.

        Under non-disclosure such a record hides the name, because it cannot hide the place (661/2009 § 36).
        """
        self.dwells = dwells
        kwargs.setdefault("personal", PersonalData.CONTAINS)
        super().__init__(label, to or settings.KIRJAAMO_SUBJECT_MODEL, *args, **kwargs)


class Attachment(Link):
    """A document (`settings.KIRJAAMO_DOCUMENT_MODEL`)."""

    def __init__(self, label: object = None, to: Any = None, *args: Any, **kwargs: Any) -> None:
        """Link to the document model that the settings name."""
        super().__init__(label, to or settings.KIRJAAMO_DOCUMENT_MODEL, *args, **kwargs)


class Extras(models.JSONField):
    """Local additions of an authority: exact-match filter only, never seen by rules."""


class Translated(models.JSONField):
    """A text in the languages of the authority: ``{"fi": …, "sv": …, "en": …}``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Empty dictionary unless told."""
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
