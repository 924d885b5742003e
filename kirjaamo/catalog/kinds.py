"""The kinds of pages that the description has: their names for people, their addresses and their order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a page of the description is about."""

    RESOURCE = "resource"
    DATASET = "dataset"
    SYSTEM = "system"
    REGISTER = "register"
    UNIT = "unit"
    CLASS = "class"


@dataclass(frozen=True)
class KindFacts:
    """How a kind is called and addressed; `weight` moves it up or down among search results."""

    kind: Kind
    segment: str
    one: object
    many: object
    weight: float
    asked: bool
    lead: object = ""


KINDS: dict[Kind, KindFacts] = {
    facts.kind: facts
    for facts in (
        KindFacts(
            Kind.RESOURCE, "tietovarannot", _("Tietovaranto"), _("Tietovarannot"), 1.2, asked=True,
            lead=_("Palvelualueen tiedot kokonaisuutena: tietojärjestelmissä, rekistereissä ja paperilla."),
        ),
        KindFacts(
            Kind.DATASET, "tietoaineistot", _("Tietoaineisto"), _("Tietoaineistot"), 0.9, asked=True,
            lead=_("Tietovarannon osa, joka muodostuu samaa tehtävää varten kootuista tiedoista."),
        ),
        KindFacts(
            Kind.SYSTEM, "tietojarjestelmat", _("Tietojärjestelmä"), _("Tietojärjestelmät"), 1.1, asked=True,
            lead=_("Järjestelmä, jossa tietoja käsitellään ja josta ne haetaan."),
        ),
        KindFacts(
            Kind.REGISTER, "rekisterit", _("Henkilörekisteri"), _("Henkilörekisterit"), 1.0, asked=True,
            lead=_("Henkilötiedot, joita käsitellään yhtä tarkoitusta varten."),
        ),
        KindFacts(
            Kind.UNIT, "yksikot", _("Yksikkö"), _("Yksiköt"), 1.0, asked=False,
            lead=_("Toimiala, osasto tai virasto, joka vastaa tiedoista."),
        ),
        KindFacts(
            Kind.CLASS, "luokat", _("Tehtäväluokka"), _("Tehtäväluokat"), 0.7, asked=False,
            lead=_("Tiedonohjaussuunnitelman tehtävä, jonka mukaan asiat ja asiakirjat järjestetään."),
        ),
    )
}  # fmt: skip
SEGMENTS: dict[str, Kind] = {facts.segment: kind for kind, facts in KINDS.items()}
PREFIXES: dict[str, str] = {"fi": "", "sv": "/sv", "en": "/en"}


def plain_address(kind: str, slug: str, language: str) -> str:
    """Return the address of a page in a language as the search keeps it; the same as `entry_address` in that language."""
    return f"{PREFIXES[language]}/kuvaus/{KINDS[Kind(kind)].segment}/{slug.replace(' ', '-')}/"


def entry_address(kind: str, slug: str, version: int | None = None) -> str:
    """Return the address of a page in the language in force; with `version`, of the page as it stood in that publication."""
    segment, name = KINDS[Kind(kind)].segment, slug.replace(" ", "-")
    if version is None:
        return reverse("catalog_entry", args=[segment, name])
    return reverse("catalog_version_entry", args=[version, segment, name])
