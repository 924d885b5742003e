"""An entry of the description as the parts of its page, in the order in which a reader asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kirjaamo.catalog import wording
from kirjaamo.catalog.content import Content
from kirjaamo.catalog.kinds import KINDS, Kind
from kirjaamo.organisation.models import ContactKind
from kirjaamo.ui.languages import Text, pick
from kirjaamo.ui.parts import Badge, Cell, Column, Fact, ListRow, Row, Table
from kirjaamo.ui.wording import day

Link = Callable[[Content], str]


@dataclass(frozen=True)
class Contacts:
    """Where one asks: the unit, why it is that one, its general contacts and those that serve certain requests."""

    unit: Content
    url: str
    why: str
    rows: Sequence[dict[str, Any]]
    by_request: Table | None


def badges(entry: Content) -> list[Badge]:
    """How public the thing is, and its state when it is no longer in use."""
    found = []
    if "access" in entry:
        kind = entry["access"]["kind"]
        word = wording.said(wording.ACCESS, kind)
        found.append(Badge(_("Julkisuus ei tiedossa") if kind == "unknown" else word, wording.ACCESS_TONES[kind]))
    if entry.get("state", "in_use") != "in_use":
        found.append(Badge(wording.said(wording.STATES, entry["state"]), wording.STATE_TONES[entry["state"]]))
    if entry.get("stub"):
        found.append(Badge(_("Kuvaus on kesken"), "warning"))
    return found


def openness(entry: Content, link: Link) -> list[Fact]:
    """Is it public or on which ground not, how long is it kept, since when, who decides."""
    access, decider = entry["access"], entry["decided_by"]
    facts = [Fact(_("Julkisuus"), wording.said(wording.ACCESS_LEADS, access["kind"]))]
    if access["grounds"]:
        facts.append(
            Fact(_("Salassapitoperusteet"), [_ground(*pair) for pair in zip(access["grounds"], access["ground_titles"], strict=True)])
        )
    if access["note"]:
        facts.append(Fact(_("Mitä voi olla salassa"), access["note"]))
    facts.append(Fact(_("Säilytysaika"), entry["retention"] or _("Ei tiedossa")))
    facts.append(Fact(_("Tietoja alkaen"), written_date(entry["since"]) or _("Ei tiedossa")))
    facts.append(Fact(_("Päättää tiedon antamisesta"), decider["title"], url=link(decider)))
    if pick(decider["authority"]).text != pick(decider["title"]).text:
        facts.append(Fact(_("Viranomainen"), decider["authority"]))
    return facts


def _ground(ground: str, title: Content) -> str:
    """A ground with what it is about: `Julkisuuslaki 24 § 1 mom. 23 kohta: henkilön taloudellinen asema`."""
    words = pick(title).text
    return f"{ground_words(ground)}: {words}" if words else ground_words(ground)


def ground_words(ground: str) -> str:
    """Write a ground such as `JulkL 24.1 § 25` as people cite it: `JulkL 24 § 1 mom. 25 kohta`."""
    law, _dot, rest = ground.partition(" 24.1 § ")
    return (
        _("%(law)s 24 § 1 mom. %(item)s kohta") % {"law": _("Julkisuuslaki") if law == "JulkL" else law, "item": rest} if rest else ground
    )


def written_date(text: str) -> str:
    """Write an ISO day as people do; any other text (a year, words) stays."""
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def key_table(entry: Content) -> Table:
    """The search keys: what an official searches with and where it comes from, and the question put to an asker."""
    columns = [Column("label", _("Hakutekijä")), Column("question", _("Mitä sinulta kysytään"))]
    rows = [Row([Cell(key["label"], note=_key_note(key)), key["question"]]) for key in entry["keys"]]
    return Table(_("Hakutekijät"), columns, rows, caption_hidden=True)


def _key_note(key: Content) -> str:
    origin = wording.said(wording.ORIGINS, key["origin"])
    if key["secret"]:
        return _("%(origin)s. Tieto on salassa pidettävä: sitä ei kirjoiteta avoimeen kenttään.") % {"origin": origin}
    return origin


def group_table(dataset: Content) -> Table:
    """The data groups of a dataset with their publicity and personal data."""
    rows = [
        Row([
            group["title"],
            Cell(badge=Badge(wording.said(wording.ACCESS, group["publicity"]), wording.ACCESS_TONES.get(group["publicity"], "neutral"))),
            wording.said(wording.PERSONAL, group["personal"]),
        ])
        for group in dataset["groups"]
    ]  # fmt: skip
    columns = [Column("title", _("Tietoryhmä")), Column("publicity", _("Julkisuus")), Column("personal", _("Henkilötiedot"))]
    return Table(_("Tietoryhmät"), columns, rows, caption_hidden=True)


def owner_words(owner: Content) -> str:
    """Name an owner with its dates: `Asuntotuotanto (31.12.2022 asti)`."""
    name = pick(owner["title"]).text
    start, end = (owner["from"] and written_date(owner["from"])), (owner["to"] and written_date(owner["to"]))
    if start and end:
        name = _("%(name)s (%(start)s–%(end)s)") % {"name": name, "start": start, "end": end}
    elif end:
        name = _("%(name)s (%(end)s asti)") % {"name": name, "end": end}
    elif start:
        name = _("%(name)s (%(start)s alkaen)") % {"name": name, "start": start}
    if owner["joint"]:
        name = _("%(name)s, yhteisesti") % {"name": name}
    note = pick(owner["note"]).text
    return f"{name}. {note}" if note else name


def owner_facts(entry: Content, link: Link) -> list[Fact]:
    """Who owns the system and when, and who uses it."""
    facts = []
    for owner in entry["owners"]:
        past = owner["to"] and owner["to"] < dt.date.today().isoformat()  # noqa: DTZ011 - a day of the description
        label = _("Aiempi omistaja") if past else _("Omistaja")
        facts.append(Fact(label, owner_words(owner), url=link(owner) if owner["kind"] == Kind.UNIT else ""))
    if not entry["owners"]:
        facts.append(Fact(_("Omistaja"), _("Ei tiedossa")))
    facts.append(Fact(_("Käyttäjät"), entry["users"] or _("Ei tiedossa")))
    return facts


def system_rows(entry: Content, link: Link) -> list[ListRow]:
    """The systems behind an entry, each with its owner and users."""
    rows = []
    for system in entry["systems"]:
        owners = ", ".join(owner_words(owner) for owner in system["owners"]) or _("Ei tiedossa")
        meta: list[Text] = [_("Omistaja: %(names)s") % {"names": owners}, wording.said(wording.CONNECTIONS, system["connection"])]
        users = pick(system["users"]).text
        meta += [_("Käyttäjät: %(names)s") % {"names": users}] if users else []
        state = system["state"]
        badge = Badge(wording.said(wording.STATES, state), wording.STATE_TONES[state]) if state != "in_use" else None
        rows.append(ListRow(system["title"], link(system), meta=meta, badge=badge))
    return rows


def standing(entry: Content) -> list[Fact]:
    """Controller, connection, state, open interface and what is fed: as words, with unknown said aloud."""
    facts = []
    if "controller" in entry:
        told = entry["controller"]
        names = ", ".join(pick(name).text for name in told["names"])
        said = [str(wording.said(wording.CONTROLLERS, told["kind"])), names, pick(told["note"]).text]
        facts.append(Fact(_("Rekisterinpitäjä"), ". ".join(text.rstrip(".") for text in said if text) + "."))
    if "connection" in entry:
        kind = entry["connection"]
        facts.append(
            Fact(_("Miten tieto haetaan"), f"{wording.said(wording.CONNECTIONS, kind)}. {wording.said(wording.CONNECTION_LEADS, kind)}")
        )
    if "state" in entry:
        note = pick(entry["state_note"]).text
        facts.append(Fact(_("Tila"), ". ".join(t for t in (wording.said(wording.STATES, entry["state"]), note) if t)))
    if "open_interface" in entry:
        facts += _interface(entry["open_interface"])
        facts.append(Fact(_("Asiarekisterin tietoja (TiHL 25 §)"), wording.said(wording.ANSWERS, entry["feeds_case_register"])))
        facts.append(Fact(_("Palvelujen tietoja (TiHL 27 §)"), wording.said(wording.ANSWERS, entry["feeds_service_data"])))
    return facts


def _interface(told: Content) -> Iterator[Fact]:
    note = pick(told["note"]).text
    answer = wording.said(wording.ANSWERS, told["answer"])
    yield Fact(_("Avoin rajapinta"), f"{answer}. {note}" if note else answer)
    if told["url"]:
        yield Fact(_("Rajapinnan osoite"), told["url"], url=safe_url(told["url"]))


def safe_url(url: str) -> str:
    """Return the address when it may be followed from a page, else an empty text."""
    return url if url.startswith(("https://", "http://")) else ""


def ties(entry: Content, link: Link) -> list[tuple[str, list[tuple[Text, str]]]]:
    """What the entry belongs to and is tied to: for each tie the names with their addresses."""
    names = {
        "resource": _("Tietovaranto"), "part_of": _("Osa kokonaisuutta"), "parts": _("Osat"), "unit": _("Vastuuyksikkö"),
        "feeds": _("Syöttää tietoja"), "fed_by": _("Saa tietoja"), "resources": _("Tietovarannot"),
    }  # fmt: skip
    found = []
    for name, label in names.items():
        told = entry.get(name) or []
        refs: list[Content] = told if isinstance(told, list) else [told]
        if refs:
            found.append((label, [(one["title"], link(one)) for one in refs]))
    return found


def ref_rows(refs: Sequence[Content], link: Link, *, coded: bool = False) -> list[ListRow]:
    """References as rows of a list; classes with their code."""
    return [ListRow(f"{one['slug']} {pick(one['title']).text}" if coded else one["title"], link(one)) for one in refs]


def contacts(entry: Content, link: Link) -> Contacts:
    """Where one asks: general contacts as facts, and which channel serves which kind of request."""
    told = entry["contacts"]
    if told["city_wide"]:
        why = _("Tiedot koskevat koko kaupunkia, joten pyynnön ottaa vastaan kirjaamo.")
    elif told["instead"] and told["registry"]:
        why = _("Yksiköllä ei ole omaa yhteystietoa, joten pyynnön ottaa vastaan kirjaamo ja siirtää sen oikealle yksikölle.")
    elif told["instead"]:
        why = _("Yksiköllä ei ole omaa yhteystietoa, joten pyynnön ottaa vastaan sen yläpuolella oleva yksikkö.")
    else:
        why = ""
    return Contacts(told["unit"], link(told["unit"]), why, [contact_row(row) for row in told["rows"]], _by_request(told["rows"]))


def contact_row(row: Content) -> dict[str, Any]:
    """A contact: its kind, the value on its lines with the address that it leads to, and what else to know."""
    value = pick(row["value"]).text
    more = [text for text in (pick(row["hours"]).text, pick(row["note"]).text) if text]
    if row["sign_ins"]:
        words = ", ".join(wording.said(wording.SIGN_INS, way) for way in row["sign_ins"])
        more.append(_("Tunnistautuminen: %(ways)s") % {"ways": words})
    return {
        "label": str(ContactKind(row["kind"]).label),
        "lines": value.split("\n"),
        "url": _contact_address(row["kind"], value),
        "more": more,
    }


def _contact_address(kind: str, value: str) -> str:
    if kind == ContactKind.EMAIL:
        return f"mailto:{value}"
    if kind == ContactKind.TELEPHONE:
        digits = "".join(sign for sign in value if sign in "+0123456789")
        return f"tel:{digits}" if digits else ""
    return safe_url(value)


def _by_request(rows: Sequence[Content]) -> Table | None:
    """Which channel takes which kind of request; None when none of the contacts says."""
    if not any(row["serves"] for row in rows):
        return None
    made = []
    for kind, label in wording.REQUEST_KINDS.items():
        channels = [str(ContactKind(row["kind"]).label) for row in rows if kind in row["serves"]]
        made.append(Row([str(label), channels or _("Tällä palvelulla (Pyydä tietoa)")]))
    return Table(_("Mikä kanava sopii mihinkin pyyntöön"), [Column("kind", _("Pyyntö")), Column("channels", _("Kanava"))], made)


def corrections(entry: Content) -> list[dict[str, Any]]:
    """Published statement, correction and reason side by side."""
    return [
        {
            "about": wording.said(wording.CORRECTED, told["about"]),
            "published": told["published"],
            "corrected": told["corrected"],
            "reason": told["reason"],
            "source": told["source"],
            "page": told["page_title"] or told["page"],
        }
        for told in entry["corrections"]
    ]


def statements(entry: Content) -> list[dict[str, Any]]:
    """What the published pages say, word for word."""
    labels = {"heading": _("Otsikko sivulla"), "description": _("Kuvaus"), "owner": _("Omistaja"), "users": _("Käyttäjät")}
    return [
        {
            "page": told["page_title"] or told["page"],
            "url": safe_url(told["page_url"]),
            "quotes": [(label, told[name]) for name, label in labels.items() if told[name]],
        }
        for told in entry["statements"]
    ]


def kind_title(kind: str) -> str:
    """The name of a kind of page."""
    return str(KINDS[Kind(kind)].one)
