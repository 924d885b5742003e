"""How revisions, nodes and rules are said on pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.organisation.models import User
from kirjaamo.tos.models import NodeKind, RevisionState
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Tone
from kirjaamo.ui.wording import day
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision
    from kirjaamo.tos.norms import Known
    from kirjaamo.tos.outline import Place

STATE_TONES: dict[str, Tone] = {"draft": "warning", "in_review": "info", "approved": "success", "retired": "neutral"}
PUBLICITY_TONES: dict[str, Tone] = {"public": "success", "partly_secret": "secret", "secret": "secret", "not_yet_public": "neutral"}
FIELD_NAMES = {
    "publicity": gettext_lazy("Julkisuusluokka"),
    "grounds": gettext_lazy("Salassapitoperusteet"),
    "secrecy_end": gettext_lazy("Salassapidon päättyminen"),
    "secrecy_years": gettext_lazy("Salassapitoaika vuosina"),
    "secrecy_fallback_years": gettext_lazy("Vuodet, jos kuolinpäivää ei tiedetä"),
    "secrecy_start": gettext_lazy("Salassapitoajan laskentaperuste"),
    "secrecy_event": gettext_lazy("Salassapidon päättävä tapahtuma"),
    "secrecy_act": gettext_lazy("Pysyvän salassapidon erityislaki"),
    "personal": gettext_lazy("Henkilötietoluonne"),
    "identity_code": gettext_lazy("Henkilötunnus"),
    "retention_mode": gettext_lazy("Säilytystapa"),
    "retention_years": gettext_lazy("Säilytysaika vuosina"),
    "retention_trigger": gettext_lazy("Säilytysajan laskentaperuste"),
    "retention_rounding": gettext_lazy("Laskennan alku"),
    "retention_basis": gettext_lazy("Säilytysajan peruste"),
    "retention_norms": gettext_lazy("Säädökset"),
    "archiving": gettext_lazy("Arkistointi"),
    "archiving_decision": gettext_lazy("Kansallisarkiston päätös"),
    "after_retention": gettext_lazy("Säilytysajan jälkeen"),
    "systems": gettext_lazy("Tietojärjestelmät"),
    "code": gettext_lazy("Tunnus"),
    "title": gettext_lazy("Nimi"),
    "description": gettext_lazy("Kuvaus"),
    "internal": gettext_lazy("Sisäinen ohje"),
    "parent": gettext_lazy("Yläluokka"),
    "note": gettext_lazy("Lisätieto"),
    "rules": gettext_lazy("Luokan oletukset"),
    "template": gettext_lazy("Pohja"),
    "sources": gettext_lazy("Lähteet"),
    "proposed": gettext_lazy("Ehdotus"),
    "type_code": gettext_lazy("Tyyppi"),
    "specifier": gettext_lazy("Tarkenne"),
    "terminal": gettext_lazy("Päättää asian"),
    "required": gettext_lazy("Pakollinen"),
    "deadline": gettext_lazy("Määräaika"),
    "source": gettext_lazy("Lähde"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "publicity": {one.value: one.label for one in Publicity},
    "personal": {one.value: one.label for one in PersonalData},
    "secrecy_end": {
        "years": gettext_lazy("Vuosien kuluttua"),
        "event": gettext_lazy("Tapahtumaan"),
        "from_death": gettext_lazy("Vuosia kuolemasta"),
        "permanent": gettext_lazy("Pysyvästi (erityislaki)"),
    },
    "secrecy_start": {
        "document_date": gettext_lazy("Asiakirjan päivämäärä"),
        "completion": gettext_lazy("Asiakirjan valmistuminen"),
        "arrival": gettext_lazy("Asiakirjan saapuminen"),
        "case_resolved": gettext_lazy("Asian ratkaisu"),
        "death": gettext_lazy("Henkilön kuolema"),
        "event": gettext_lazy("Nimetty tapahtuma"),
    },
    "retention_mode": {
        "years": gettext_lazy("Määräaika vuosina"),
        "event": gettext_lazy("Tapahtumaan saakka"),
        "permanent": gettext_lazy("Pysyvästi omassa käytössä"),
    },
    "retention_rounding": {
        "date": gettext_lazy("Laskentaperusteen päivästä"),
        "year_end": gettext_lazy("Kalenterivuoden lopusta"),
        "fiscal_year_end": gettext_lazy("Tilikauden lopusta"),
    },
    "archiving": {
        "archive": gettext_lazy("Arkistoidaan"),
        "not": gettext_lazy("Ei arkistoida"),
        "undecided": gettext_lazy("Ratkaisematta"),
    },
    "after_retention": {
        "destroy": gettext_lazy("Hävitetään"),
        "keep_entry": gettext_lazy("Sisältö hävitetään, merkintä jää"),
        "anonymise": gettext_lazy("Anonymisoidaan"),
        "pseudonymise": gettext_lazy("Pseudonymisoidaan"),
        "transfer": gettext_lazy("Siirretään"),
        "review": gettext_lazy("Arvioidaan uudelleen"),
    },
}


def state_badges(revision: ClassRevision) -> list[Badge]:
    """The state, and whether the content is a proposal that awaits a decision."""
    badges = [Badge(revision.get_state_display(), STATE_TONES[revision.state])]
    if revision.proposed:
        badges.append(Badge(_("Ehdotus"), "warning"))
    return badges


def validity(revision: ClassRevision) -> str:
    """From when to when, in words."""
    if revision.valid_from is None:
        return _("Ei vielä voimassa")
    if revision.valid_to is None:
        return _("%s alkaen") % day(revision.valid_from)
    if revision.valid_to < revision.valid_from:
        return _("Korvattiin samana päivänä %s") % day(revision.valid_from)
    return f"{day(revision.valid_from)} – {day(revision.valid_to)}"


def people(refs: Iterable[str]) -> dict[str, str]:
    """The names of actors by their references (one statement); the program and packs are said as such."""
    found = set(refs)
    keys = {int(ref.removeprefix("user:")) for ref in found if ref.startswith("user:")}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return {ref: _name(ref, names) for ref in found}


def _name(ref: str, names: Mapping[int, str]) -> str:
    if ref.startswith("user:"):
        return names.get(int(ref.removeprefix("user:")), ref)
    return _("Tietopaketti") if ref == "pack" else _("Ohjelma")


def value_of(name: str, value: object, known: Known) -> str:  # noqa: PLR0911 - one return for each kind of value
    """A value of a rule or fact in words."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("Kyllä") if value else _("Ei")
    if name == "grounds" and isinstance(value, list):
        return ", ".join(known.names.get(code, code) for code in value)
    if name == "retention_trigger":
        return pick(known.triggers.get(str(value), str(value))).text
    if name in CHOICES:
        return pick(CHOICES[name].get(str(value), value)).text
    if name == "rules" and isinstance(value, Mapping):
        return "; ".join(f"{FIELD_NAMES.get(key, key)}: {value_of(key, one, known)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return pick(value).text


@dataclass(frozen=True)
class Told:
    """One column of a node's row: the words, whether they are said here, and more for who wants it."""

    text: str
    own: bool
    tone: Tone = "neutral"
    more: str = ""


def publicity_told(place: Place, known: Known) -> Told:
    """Publicity with its grounds."""
    rule = place.rule
    text = pick(CHOICES["publicity"].get(rule["publicity"], "–")).text
    more = ", ".join(known.names.get(code, code) for code in rule["grounds"])
    end = secrecy_words(rule)
    return Told(
        text,
        bool({"publicity", "grounds"} & set(place.node.said)),
        PUBLICITY_TONES.get(rule["publicity"], "neutral"),
        f"{more}. {end}" if more else "",
    )


def secrecy_words(rule: Mapping[str, Any]) -> str:
    """How long secrecy lasts, in words (JulkL 621/1999 § 31)."""
    years, fallback = rule["secrecy_years"], rule["secrecy_fallback_years"]
    if rule["secrecy_end"] == "years":
        return str(_("Salassapito kestää %s vuotta.") % years)
    if rule["secrecy_end"] == "from_death":
        return _("Salassapito kestää %(years)s vuotta kuolemasta tai %(fallback)s vuotta, jos kuolinpäivää ei tiedetä.") % {
            "years": years,
            "fallback": fallback,
        }
    if rule["secrecy_end"] == "event":
        return _("Salassapito päättyy: %s.") % pick(rule["secrecy_event"]).text
    if rule["secrecy_end"] == "permanent":
        return str(_("Salassapito on pysyvä (%s).") % rule["secrecy_act"])
    return ""


def personal_told(place: Place) -> Told:
    """The nature of personal data."""
    text = pick(CHOICES["personal"].get(place.rule["personal"], "–")).text
    more = _("Sisältää henkilötunnuksen") if place.rule["identity_code"] else ""
    return Told(text, bool({"personal", "identity_code"} & set(place.node.said)), more=more)


def retention_told(place: Place, known: Known) -> Told:
    """How long, from what, and on which basis."""
    own = any(name.startswith("retention") for name in place.node.said)
    return Told(retention_words(place.rule, known), own, more=place.rule["retention_basis"])


def retention_words(rule: Mapping[str, Any], known: Known) -> str:
    """Retention in words: "10 vuotta asian lopullisesta ratkaisusta"."""
    phrase = pick(known.phrases.get(rule["retention_trigger"], {})).text
    if rule["retention_mode"] == "permanent":
        return _("Pysyvästi")
    if rule["retention_mode"] == "event":
        return _("Tapahtumaan saakka: %s") % pick(known.triggers.get(rule["retention_trigger"], "–")).text
    if rule["retention_mode"] == "years":
        words = _("%(years)s vuotta %(from)s") % {"years": rule["retention_years"], "from": phrase}
        rounding = {"year_end": _("kalenterivuoden lopusta"), "fiscal_year_end": _("tilikauden lopusta")}.get(rule["retention_rounding"])
        return f"{words}, {rounding}" if rounding else words
    return "–"


def archiving_told(place: Place) -> Told:
    """Whether it is archived, and by which decision."""
    text = pick(CHOICES["archiving"][place.rule["archiving"]]).text
    return Told(text, "archiving" in place.node.said, more=place.rule["archiving_decision"])


KIND_NAMES = {kind.value: kind.label for kind in NodeKind}


@dataclass(frozen=True)
class NodeRow:
    """A row of the table of a class."""

    place: Place
    kind: str
    type_name: str
    columns: Sequence[Told]
    findings: Sequence[str]
    comments: int
    first: bool = False
    last: bool = False


def dates_open(revision: ClassRevision, on: dt.date) -> bool:
    """Whether a revision is in force on a day."""
    return (
        revision.state in {RevisionState.APPROVED, RevisionState.RETIRED}
        and revision.valid_from is not None
        and revision.valid_from <= on
        and (revision.valid_to is None or revision.valid_to >= on)
    )
