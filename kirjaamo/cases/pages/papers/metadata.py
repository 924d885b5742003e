"""The decided metadata of a document as its page shows it: each value with where it came from, and every decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kirjaamo.documents.copies import provisions
from kirjaamo.documents.models import MetadataSource, Outside
from kirjaamo.organisation.models import User
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Fact, TimelineEvent
from kirjaamo.values.openness import PartyException
from kirjaamo.values.public_start import PublicStart
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kirjaamo.documents.models import Document, MetadataDecision

LABELS = {
    "title": gettext_lazy("Nimi"),
    "publicity": gettext_lazy("Julkisuus"),
    "grounds": gettext_lazy("Salassapitoperuste"),
    "secret_until": gettext_lazy("Salassapito päättyy"),
    "personal": gettext_lazy("Henkilötietojen luonne"),
    "type_code": gettext_lazy("Asiakirjan tyyppi"),
    "language": gettext_lazy("Kieli"),
    "outside": gettext_lazy("Viranomaisen asiakirja"),
    "retention": gettext_lazy("Säilytys"),
    "withheld": gettext_lazy("Poikkeus asianosaisen tiedonsaannista"),
    "starts": gettext_lazy("Tulee julkiseksi"),
}
NAMED: dict[str, type[Publicity | PersonalData | PublicStart]] = {"publicity": Publicity, "personal": PersonalData, "starts": PublicStart}
"""Fields whose values have names of their own; a start may be followed by its moment."""
SOURCES: dict[str, object] = {"default": gettext_lazy("Oletus"), **dict(MetadataSource.choices)}


def metadata(document: Document) -> list[Fact]:
    """The values that hold now. Which of them a person decided is told by a badge, and why by its explanation."""
    decided = {row.field: row for row in document.metadata_decisions.all()}
    grounds = [f"{text}: {pick(row.title).text}" if row else text for text, row in provisions(document.grounds)]
    told = [
        ("publicity", in_words("publicity", document.publicity)),
        ("grounds", grounds or ""),
        ("secret_until", document.secret_until or ""),
        ("personal", in_words("personal", document.personal)),
    ]
    return [_fact(document, name, value, decided.get(name)) for name, value in told if value]


def _fact(document: Document, name: str, value: object, row: MetadataDecision | None) -> Fact:
    source = row.source if row else document.decided_from if not _later(document) else MetadataSource.PLAN.value
    reason = row.reason if row else document.decided_reason if not _later(document) else ""
    return Fact(LABELS[name], value, explain=reason, badge=Badge(str(SOURCES.get(source, source)), "info" if reason else "neutral"))


def _later(document: Document) -> bool:
    """Whether decisions were made after registering; then the document's own source is that of the newest."""
    return bool(document.metadata_decisions.all())


def decisions(document: Document) -> list[TimelineEvent]:
    """Every decision about the metadata, the newest first, with what it changed, why and by whom."""
    rows = list(document.metadata_decisions.all())[::-1]
    names = _names(row.by for row in rows)
    return [
        TimelineEvent(
            row.at,
            _("%(what)s: %(old)s → %(new)s")
            % {"what": LABELS.get(row.field, row.field), "old": in_words(row.field, row.old), "new": in_words(row.field, row.new)},
            text=row.reason,
            who=names.get(row.by, _("Järjestelmä")),
        )
        for row in rows
    ]


def _names(refs: Iterable[str]) -> dict[str, str]:
    keys = [int(ref.removeprefix("user:")) for ref in set(refs) if ref.startswith("user:")]
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")} if keys else {}


def in_words(field: str, value: object) -> str:
    """A value of metadata in words."""
    if field in NAMED and value:
        return pick(NAMED[field](str(value).split(" ", maxsplit=1)[0]).label.as_dict()).text
    if field == "outside":
        return str(Outside(str(value)).label) if value else _("viranomaisen asiakirja")
    if field == "retention" and isinstance(value, dict):
        return _kept(value)
    if isinstance(value, list):
        told = [pick(PartyException(one).label.as_dict()).text for one in value] if field == "withheld" else _cited(value)
        return ", ".join(told) or "–"
    return str(value or "–")


def _kept(rule: Mapping[str, object]) -> str:
    """A rule of retention in words."""
    if rule["mode"] == "years":
        said = ngettext("%s vuosi", "%s vuotta", int(str(rule["years"]))) % rule["years"]
    else:
        said = _("pysyvästi") if rule["mode"] == "permanent" else _("tapahtumaan saakka")
    return f"{said}, {_('arkistoidaan')}" if rule["archiving"] == "archive" else said


def _cited(codes: Sequence[str]) -> list[str]:
    return [text for text, _row in provisions(codes)]
