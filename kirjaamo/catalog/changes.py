"""What changed between two versions of the description: entries that came, went, and the fields that differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.content import Content, Entries
from kirjaamo.catalog.kinds import Kind
from kirjaamo.catalog.showing import written_date

LANGUAGES = ("fi", "sv", "en")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
IGNORED = frozenset({"kind", "slug", "order"})
LABELS: Mapping[str, object] = {
    "title": _("Nimi"), "names": _("Muut nimet"), "short": _("Lyhenne"), "purpose": _("Käyttötarkoitus"), "description": _("Kuvaus"),
    "access": _("Julkisuus"), "retention": _("Säilytysaika"), "since": _("Tietoja alkaen"), "route": _("Miten tieto pyydetään"),
    "source": _("Lähde"), "decided_by": _("Päättää tiedon antamisesta"), "contacts": _("Yhteystiedot"), "keys": _("Hakutekijät"),
    "get_here": _("Saa heti täältä"), "statements": _("Sivulla julkaistu tieto"), "corrections": _("Oikaisut"), "unit": _("Yksikkö"),
    "city_wide": _("Koko kaupungin yhteinen"), "stub": _("Kuvaus on kesken"), "stub_reason": _("Miksi kuvaus on kesken"),
    "part_of": _("Osa kokonaisuutta"), "parts": _("Osat"), "feeds": _("Syöttää tietoja"), "fed_by": _("Saa tietoja"),
    "datasets": _("Tietoaineistot"), "systems": _("Tietojärjestelmät"), "registers": _("Henkilörekisterit"), "classes": _("Tehtäväluokat"),
    "examples": _("Esimerkit"), "resource": _("Tietovaranto"), "resources": _("Tietovarannot"), "groups": _("Tietoryhmät"),
    "left_out": _("Ei kuulu aineistoon"), "heading": _("Otsikko"), "users": _("Käyttäjät"), "owners": _("Omistajat"),
    "controller": _("Rekisterinpitäjä"), "connection": _("Miten tieto haetaan"), "state": _("Tila"), "state_note": _("Lisätietoa tilasta"),
    "feeds_case_register": _("Asiarekisterin tietoja"), "feeds_service_data": _("Palvelujen tietoja"),
    "open_interface": _("Avoin rajapinta"),
    "is_group": _("Järjestelmien ryhmä"), "home": _("Rekisteri tässä ohjelmassa"), "notice": _("Tietosuojaseloste"),
    "notice_url": _("Tietosuojaselosteen osoite"), "parent": _("Ylempi"), "children": _("Alemmat"), "body": _("Ylempi toimielin"),
    "authority": _("Viranomainen"), "tasks": _("Tehtävät"), "tasks_source": _("Tehtävien lähde"),
    "decides": _("Päättää tiedon antamisesta"),
    "is_registry_office": _("Kirjaamo"), "owned": _("Omistaa"), "decided": _("Päättää"), "origin": _("Alkuperä"), "note": _("Huomautus"),
    "valid_from": _("Voimassa alkaen"), "units": _("Yksiköt"),
}  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, as readable lines on both sides."""

    field: str
    before: Sequence[str]
    after: Sequence[str]

    @property
    def label(self) -> str:
        """The name of the field for people."""
        return str(LABELS.get(self.field, self.field))


@dataclass(frozen=True)
class EntryChange:
    """An entry that was added, removed or changed."""

    kind: str
    slug: str
    title: Mapping[str, str]
    what: str
    fields: Sequence[FieldChange] = ()


def compare(before: Entries, after: Entries, language: str) -> list[EntryChange]:
    """Return what differs, kind by kind, in the order of the pages."""
    found: list[EntryChange] = []
    for kind in Kind:
        old, new = before.get(kind, {}), after.get(kind, {})
        for slug, entry in sorted(new.items(), key=lambda item: item[1].get("order", 0)):
            if slug not in old:
                found.append(EntryChange(kind, slug, entry["title"], "added"))
            elif fields := _fields(old[slug], entry, language):
                found.append(EntryChange(kind, slug, entry["title"], "changed", fields))
        found += [EntryChange(kind, slug, entry["title"], "removed") for slug, entry in old.items() if slug not in new]
    return found


def _fields(old: Content, new: Content, language: str) -> list[FieldChange]:
    names = [name for name in {**old, **new} if name not in IGNORED and old.get(name) != new.get(name)]
    return [_change(name, old.get(name), new.get(name), language) for name in names]


def _change(name: str, old: object, new: object, language: str) -> FieldChange:
    """In the reader's language; when only other languages differ, in those."""
    before, after = readable(old, language), readable(new, language)
    if before == after:
        others = [code for code in LANGUAGES if code != language]
        before = [f"{code}: {line}" for code in others for line in readable(old, code)]
        after = [f"{code}: {line}" for code in others for line in readable(new, code)]
    return FieldChange(name, [line for line in before if line not in after], [line for line in after if line not in before])


def readable(value: object, language: str) -> list[str]:
    """Return any value of an entry as lines of text; nothing gives no lines."""
    if value in (None, "", [], {}):
        return []
    if isinstance(value, bool):
        return [str(_("Kyllä") if value else _("Ei"))]
    if isinstance(value, list):
        return [" · ".join(readable(one, language)) for one in value if readable(one, language)]
    if isinstance(value, dict):
        if set(value) <= set(LANGUAGES):
            return [str(value.get(language) or value.get("fi") or next(iter(value.values())))]
        shown = {key: one for key, one in value.items() if key not in ("kind", "slug") or "title" not in value}
        return [line for one in shown.values() for line in readable(one, language)]
    text = str(value)
    return [written_date(text) if DAY.fullmatch(text) else text]
