"""The gate before publishing: what 906/2019 § 28 asks of the description, row by row, from the content alone.

Missing blocks. What is *not known* is not *no*: it is named, and the publisher says why the description goes out with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.content import Content, Entries
from kirjaamo.catalog.kinds import Kind


class Group(IntEnum):
    """The five groups of content of § 28.1."""

    SYSTEMS = 1
    DECIDER = 2
    DATASETS = 3
    KEYS = 4
    INTERFACE = 5


class Verdict(StrEnum):
    """What the gate says of a row."""

    OK = "ok"
    MISSING = "missing"
    UNKNOWN = "unknown"


GROUP_TITLES: Mapping[Group, object] = {
    Group.SYSTEMS: _("Tietojärjestelmät, joissa on asiarekisterin tai palvelujen tietoja"),
    Group.DECIDER: _("Tiedon antamisesta päättävä viranomainen ja yhteystiedot pyyntöä varten"),
    Group.DATASETS: _("Tietoaineistot tietoryhmittäin"),
    Group.KEYS: _("Hakutekijät, joilla asiakirjat voidaan hakea"),
    Group.INTERFACE: _("Avoin saatavuus teknisen rajapinnan avulla"),
}
PROBLEMS: Mapping[str, object] = {
    "description_missing": _("Kuvaus puuttuu."),
    "no_systems": _("Kuvauksessa ei ole yhtään tietojärjestelmää."),
    "feeds_unknown": _("Ei tiedetä, onko järjestelmässä asiarekisterin tai palvelujen tietoja."),
    "contact_missing": _("Päättävälle yksikölle ei löydy yhteystietoa eikä kirjaamolla ole sellaista."),
    "datasets_missing": _("Järjestelmän tietoaineistoa ei ole kuvattu."),
    "groups_missing": _("Tietoaineistolta puuttuvat tietoryhmät."),
    "keys_missing": _("Yhtään hakutekijää ei ole kuvattu."),
    "search_missing": _("Järjestelmän sanotaan olevan tässä ohjelmassa, mutta sen rekisteri ei ole käytössä."),
    "interface_unknown": _("Ei tiedetä, onko avointa rajapintaa."),
    "interface_address_missing": _("Avoimen rajapinnan osoite puuttuu."),
    "secrecy_ground_missing": _("Tieto on salassa pidettävä, mutta salassapitoperuste puuttuu."),
    "publicity_unknown": _("Julkisuutta ei ole kuvattu."),
}


@dataclass(frozen=True)
class GateRow:
    """One judged thing: the group of content, the verdict, the page it is about and a stable code of what is wrong."""

    group: Group
    verdict: Verdict
    kind: str = ""
    slug: str = ""
    title: Mapping[str, str] | None = None
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the publication."""
        return asdict(self) | {"group": int(self.group), "verdict": self.verdict.value, "title": dict(self.title or {})}


@dataclass(frozen=True)
class Gate:
    """The judged description."""

    rows: Sequence[GateRow]

    @property
    def missing(self) -> list[GateRow]:
        """Rows that block a publication."""
        return [row for row in self.rows if row.verdict == Verdict.MISSING]

    @property
    def unknown(self) -> list[GateRow]:
        """Rows that the publisher must answer for."""
        return [row for row in self.rows if row.verdict == Verdict.UNKNOWN]

    @property
    def open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def counts(self, group: Group) -> Counter[str]:
        """How many rows of a group have each verdict."""
        return Counter(row.verdict.value for row in self.rows if row.group == group)


def judge(entries: Entries) -> Gate:
    """Judge the whole description."""
    # TiHL 906/2019 § 28
    rows: list[GateRow] = []
    systems = list(entries.get(Kind.SYSTEM, {}).values())
    if not systems:
        rows.append(GateRow(Group.SYSTEMS, Verdict.MISSING, problem="no_systems"))
    for system in systems:
        for group, check in SYSTEM_CHECKS.items():
            rows += _rows(group, system, check(system))
    for kind in (Kind.RESOURCE, Kind.REGISTER):
        for entry in entries.get(kind, {}).values():
            rows += _rows(Group.SYSTEMS, entry, _described(entry))
            rows += _rows(Group.DECIDER, entry, _decider(entry))
            rows += _rows(Group.KEYS, entry, _keys(entry))
    for dataset in entries.get(Kind.DATASET, {}).values():
        rows += _rows(Group.DATASETS, dataset, _groups(dataset))
    return Gate(rows)


def _rows(group: Group, entry: Content, problems: Iterator[tuple[Verdict, str]]) -> list[GateRow]:
    found = [GateRow(group, verdict, entry["kind"], entry["slug"], entry["title"], problem) for verdict, problem in problems]
    return found or [GateRow(group, Verdict.OK, entry["kind"], entry["slug"], entry["title"])]


def in_scope(system: Content) -> bool:
    """Whether § 28 asks for the system's datasets, keys and interface here.

    A system that feeds neither case data nor service data is outside; so is one that has moved to another body, and a group
    whose parts are described one by one.
    """
    feeds_nothing = system["feeds_case_register"] == "no" and system["feeds_service_data"] == "no"
    return not feeds_nothing and system["state"] != "moved" and not (system["is_group"] and system["parts"])


def _described(entry: Content) -> Iterator[tuple[Verdict, str]]:
    if not entry["description"].get("fi") and not entry["purpose"].get("fi"):
        yield Verdict.MISSING, "description_missing"
    access = entry["access"]
    if access["kind"] == "secret" and not access["grounds"] and not access["note"]:
        yield Verdict.MISSING, "secrecy_ground_missing"  # JulkL 621/1999 § 24: secrecy needs a ground
    if access["kind"] == "unknown":
        yield Verdict.UNKNOWN, "publicity_unknown"


def _system(system: Content) -> Iterator[tuple[Verdict, str]]:
    yield from _described(system)
    if "unknown" in (system["feeds_case_register"], system["feeds_service_data"]) and "yes" not in (
        system["feeds_case_register"],
        system["feeds_service_data"],
    ):
        yield Verdict.UNKNOWN, "feeds_unknown"


def _decider(entry: Content) -> Iterator[tuple[Verdict, str]]:
    if not entry["contacts"]["rows"]:
        yield Verdict.MISSING, "contact_missing"


def _datasets(system: Content) -> Iterator[tuple[Verdict, str]]:
    if not in_scope(system):
        return
    home = system.get("home") or {}
    if not system["datasets"] and not home.get("groups"):
        yield Verdict.MISSING, "datasets_missing"


def _groups(dataset: Content) -> Iterator[tuple[Verdict, str]]:
    if not dataset["groups"]:
        yield Verdict.MISSING, "groups_missing"


def _keys(entry: Content) -> Iterator[tuple[Verdict, str]]:
    home = entry.get("home") or {}
    if not entry["keys"] and not home.get("keys"):
        yield Verdict.MISSING, "keys_missing"


def _system_keys(system: Content) -> Iterator[tuple[Verdict, str]]:
    if not in_scope(system):
        return
    yield from _keys(system)
    if system["connection"] == "home" and not system.get("home"):
        yield Verdict.MISSING, "search_missing"


def _interface(system: Content) -> Iterator[tuple[Verdict, str]]:
    """An explicit answer: unknown is not no (docs/decisions)."""
    if not in_scope(system):
        return
    told = system["open_interface"]
    if told["answer"] == "unknown":
        yield Verdict.UNKNOWN, "interface_unknown"
    elif told["answer"] == "yes" and not told["url"]:
        yield Verdict.MISSING, "interface_address_missing"


SYSTEM_CHECKS: Mapping[Group, Callable[[Content], Iterator[tuple[Verdict, str]]]] = {
    Group.SYSTEMS: _system,
    Group.DECIDER: _decider,
    Group.DATASETS: _datasets,
    Group.KEYS: _system_keys,
    Group.INTERFACE: _interface,
}
