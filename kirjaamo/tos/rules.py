"""The rule of a class or node in plain Python: what is said, what is inherited, what is wrong. Imports no Django.

A rule is a partial mapping of the names in `FIELDS`; a missing name is inherited. `resolve` fills it from the root down, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kirjaamo.values.language import Text3

Rule = Mapping[str, Any]

EMPTY: dict[str, Any] = {
    "publicity": "",
    "grounds": [],
    "secrecy_end": "",
    "secrecy_years": None,
    "secrecy_fallback_years": None,
    "secrecy_start": "",
    "secrecy_event": {},
    "secrecy_act": "",
    "personal": "",
    "identity_code": False,
    "retention_mode": "",
    "retention_years": None,
    "retention_trigger": "",
    "retention_rounding": "",
    "retention_basis": "",
    "retention_norms": [],
    "archiving": "undecided",
    "archiving_decision": "",
    "after_retention": "",
    "systems": [],
}
FIELDS = tuple(EMPTY)
"""The names of the rule; each is a column of `Node` and a key of `said`."""

END_FIELDS = ("secrecy_end", "secrecy_years", "secrecy_fallback_years", "secrecy_start", "secrecy_event", "secrecy_act")
NEEDS_GROUND = frozenset({"secret", "partly_secret"})
ALLOWED: dict[str, frozenset[str]] = {
    "publicity": frozenset({"public", "partly_secret", "secret", "not_yet_public"}),
    "secrecy_end": frozenset({"years", "event", "from_death", "permanent"}),
    "personal": frozenset({"none", "contains", "special", "criminal"}),
    "retention_mode": frozenset({"years", "event", "permanent"}),
    "retention_rounding": frozenset({"date", "year_end", "fiscal_year_end"}),
    "archiving": frozenset({"archive", "not", "undecided"}),
    "after_retention": frozenset({"destroy", "keep_entry", "anonymise", "pseudonymise", "transfer", "review"}),
}
# When several grounds meet, the plan shows the end that lasts longest; each document's own end is reckoned from each ground.
END_RANK = {"years": 0, "event": 1, "from_death": 2, "permanent": 3}
START_OF_END = {"years": "document_date", "event": "event", "from_death": "death", "permanent": "document_date"}


@dataclass(frozen=True, slots=True)
class GroundEnd:
    """How the secrecy of a ground ends (norms): the kind, its years, the event in words, the act that a permanent one rests on."""

    kind: str
    years: int | None = None
    fallback_years: int | None = None
    event: Mapping[str, str] | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong with a rule: a stable code (the name of the constraint where there is one), the field and the words."""

    code: str
    field: str
    text: Text3


def resolve(rules: Iterable[Rule], ends: Mapping[str, GroundEnd]) -> dict[str, Any]:
    """Lay rules over each other from the class down to the node, and take the end of secrecy from the grounds when none says it."""
    whole = dict(EMPTY)
    for rule in rules:
        whole = _over(whole, rule)
    if whole["publicity"] not in NEEDS_GROUND:
        return whole | {name: EMPTY[name] for name in ("grounds", *END_FIELDS)}
    if not whole["secrecy_end"]:
        whole |= end_of(whole["grounds"], ends)
    if not whole["secrecy_start"]:
        whole["secrecy_start"] = START_OF_END.get(whole["secrecy_end"], "")
    return whole


def _over(below: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """One rule over what is inherited; what hangs together is not inherited in halves."""
    whole = dict(below)
    if "grounds" in rule and "secrecy_end" not in rule:
        whole |= {name: EMPTY[name] for name in END_FIELDS}
    if rule.get("secrecy_end", whole["secrecy_end"]) != whole["secrecy_end"]:
        whole |= {name: EMPTY[name] for name in END_FIELDS}
    if rule.get("retention_mode", whole["retention_mode"]) != whole["retention_mode"]:
        whole |= {name: EMPTY[name] for name in ("retention_years", "retention_trigger", "retention_rounding")}
    if rule.get("archiving", whole["archiving"]) != whole["archiving"]:
        whole["archiving_decision"] = ""
    return whole | {name: rule[name] for name in FIELDS if name in rule}


def end_of(grounds: Iterable[str], ends: Mapping[str, GroundEnd]) -> dict[str, Any]:
    """The end of secrecy that lasts longest among the grounds; nothing when no ground is known."""
    known = [ends[code] for code in grounds if code in ends]
    if not known:
        return {}
    longest = max(known, key=lambda end: (END_RANK[end.kind], end.years or 0))
    return {
        "secrecy_end": longest.kind,
        "secrecy_years": longest.years,
        "secrecy_fallback_years": longest.fallback_years,
        "secrecy_start": START_OF_END[longest.kind],
        "secrecy_event": dict(longest.event or {}),
        "secrecy_act": longest.act,
    }


def unknown(rule: Rule, *, grounds: Iterable[str], triggers: Iterable[str], statutes: Iterable[str] = ()) -> Iterator[RuleProblem]:
    """What a rule names that does not exist: fields, choices, grounds, triggers, statutes."""
    for name, value in rule.items():
        if name not in EMPTY:
            yield _problem(
                "unknown_rule_field",
                name,
                f"Säännössä on tuntematon kohta ”{name}”.",
                f"Okänd uppgift i regeln: {name}.",
                f"Unknown rule field: {name}.",
            )
        elif name in ALLOWED and value and value not in ALLOWED[name]:
            yield _problem(
                "unknown_code",
                name,
                f"Tuntematon koodi ”{value}” ({name}).",
                f"Okänd kod ”{value}” ({name}).",
                f"Unknown code “{value}” ({name}).",
            )
    for code in set(rule.get("grounds", ())) - set(grounds):
        yield _problem(
            "unknown_ground",
            "grounds",
            f"Tuntematon salassapitoperuste ”{code}”.",
            f"Okänd sekretessgrund ”{code}”.",
            f"Unknown ground for secrecy “{code}”.",
        )
    trigger = rule.get("retention_trigger")
    if trigger and trigger not in set(triggers):
        yield _problem(
            "unknown_trigger",
            "retention_trigger",
            f"Tuntematon laskentaperuste ”{trigger}”.",
            f"Okänd beräkningsgrund ”{trigger}”.",
            f"Unknown trigger “{trigger}”.",
        )
    for number in set(rule.get("retention_norms", ())) - set(statutes):
        yield _problem(
            "unknown_statute",
            "retention_norms",
            f"Säädöstä {number} ei ole normeissa.",
            f"Författningen {number} finns inte bland normerna.",
            f"Statute {number} is not among the norms.",
        )


def problems(rule: Rule, *, document: bool) -> Iterator[RuleProblem]:
    """What is wrong with a resolved rule; `document`: it belongs to a document or attachment type, which must have all of it."""
    yield from _publicity_problems(rule)
    yield from _retention_problems(rule)
    if rule["archiving"] == "archive" and not rule["archiving_decision"]:
        yield _problem(
            "archiving_rests_on_a_decision",
            "archiving_decision",
            "Arkistoitavalla on oltava Kansallisarkiston päätös. Ilman sitä arkistointi on ratkaisematta.",
            "Det som arkiveras måste ha Riksarkivets beslut. Utan det är arkiveringen oavgjord.",
            "What is archived needs a decision of the National Archives. Without one archiving is undecided.",
        )
    if rule["archiving"] == "archive" and rule["after_retention"] in {"destroy", "anonymise", "pseudonymise"}:
        yield _problem(
            "archived_is_not_destroyed",
            "after_retention",
            "Arkistoitavaa ei voi samalla määrätä hävitettäväksi.",
            "Det som arkiveras kan inte samtidigt förstöras.",
            "What is archived cannot be destroyed as well.",
        )
    if document:
        yield from _missing(rule)


def _missing(rule: Rule) -> Iterator[RuleProblem]:
    for name, fi, sv, en in (
        ("publicity", "Julkisuusluokka puuttuu.", "Offentlighetsklass saknas.", "The publicity class is missing."),
        ("personal", "Henkilötietoluonne puuttuu.", "Personuppgifternas karaktär saknas.", "The nature of personal data is missing."),
        ("retention_mode", "Säilytysaika puuttuu.", "Bevaringstid saknas.", "The retention time is missing."),
    ):
        if not rule[name]:
            yield _problem("a_document_type_has_its_rules", name, fi, sv, en)


def _publicity_problems(rule: Rule) -> Iterator[RuleProblem]:
    if rule["publicity"] not in NEEDS_GROUND:
        return
    if not rule["grounds"]:
        yield _problem(
            "a_secret_node_has_a_ground",
            "grounds",
            "Salassa pidettävällä on oltava salassapitoperuste (JulkL 24 § tai erityislaki).",
            "Det som är sekretessbelagt måste ha en sekretessgrund (24 § i offentlighetslagen eller en speciallag).",
            "What is secret needs a ground (621/1999 § 24 or a special act).",
        )
    end = rule["secrecy_end"]
    if not end or not rule["secrecy_start"]:
        yield _problem(
            "a_secret_node_has_a_start_and_an_end",
            "secrecy_end",
            "Salassapidolla on oltava alku ja tieto siitä, milloin se päättyy (JulkL 31 §).",
            "Sekretessen måste ha en början och ett slut (31 § i offentlighetslagen).",
            "Secrecy needs a start and an end rule (621/1999 § 31).",
        )
    if end == "years" and not rule["secrecy_years"]:
        yield _problem(
            "secrecy_in_years_has_its_years",
            "secrecy_years",
            "Salassapidon vuodet puuttuvat.",
            "Sekretessens år saknas.",
            "The years of secrecy are missing.",
        )
    if end == "from_death" and not (rule["secrecy_years"] and rule["secrecy_fallback_years"]):
        yield _problem(
            "secrecy_from_death_has_years_and_a_fallback",
            "secrecy_years",
            "Kuolemasta laskettavalla salassapidolla on oltava vuodet ja vuodet sen varalta, ettei kuolinpäivää tiedetä.",
            "Sekretess som räknas från döden måste ha år och år för det fall att dödsdagen inte är känd.",
            "Secrecy from death needs its years and a fallback for when the death is not known.",
        )
    if end == "event" and not rule["secrecy_event"]:
        yield _problem(
            "secrecy_until_an_event_names_the_event",
            "secrecy_event",
            "Salassapidon päättävä tapahtuma puuttuu.",
            "Händelsen som avslutar sekretessen saknas.",
            "The event that ends secrecy is missing.",
        )
    if end == "permanent" and not rule["secrecy_act"]:
        yield _problem(
            "permanent_secrecy_rests_on_a_special_act",
            "secrecy_act",
            "Pysyvän salassapidon on perustuttava erityislakiin. Kerro laki ja pykälä.",
            "Permanent sekretess måste grunda sig på en speciallag. Ange lag och paragraf.",
            "Permanent secrecy must rest on a special act. Name the act and its section.",
        )


def _retention_problems(rule: Rule) -> Iterator[RuleProblem]:
    mode, years, trigger = rule["retention_mode"], rule["retention_years"], rule["retention_trigger"]
    if mode == "years" and (years is None or not trigger):
        yield _problem(
            "years_need_a_trigger",
            "retention_trigger",
            "Vuosina annetulle säilytysajalle on kerrottava vuodet ja mistä ne lasketaan.",
            "För en bevaringstid i år måste anges åren och varifrån de räknas.",
            "Retention in years needs the years and what they are counted from.",
        )
    if mode == "event" and (years is not None or not trigger):
        yield _problem(
            "retention_until_an_event_names_the_event",
            "retention_trigger",
            "Tapahtumaan saakka säilytettävälle on nimettävä tapahtuma, ei vuosia.",
            "För bevaring till en händelse anges händelsen, inte år.",
            "Retention until an event names the event, not years.",
        )
    if mode == "permanent" and (years is not None or trigger):
        yield _problem(
            "permanent_retention_has_no_years_and_no_trigger",
            "retention_years",
            "Pysyvästi säilytettävällä ei ole vuosia eikä laskentaperustetta.",
            "Det som bevaras varaktigt har varken år eller beräkningsgrund.",
            "What is kept permanently has neither years nor a trigger.",
        )


def _problem(code: str, field: str, fi: str, sv: str, en: str) -> RuleProblem:
    return RuleProblem(code, field, Text3(fi, sv, en))
