"""Made-up content of the style guide and of the tests: long compounds, other scripts, emoji, hostile text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from kirjaamo.ui.parts import (
    Action,
    Badge,
    Cell,
    Chart,
    CheckRow,
    Column,
    Crumb,
    Deadline,
    DeadlineStep,
    Door,
    Facet,
    FacetOption,
    Fact,
    Figure,
    ListRow,
    Message,
    Pager,
    Row,
    Series,
    StepItem,
    Tab,
    Table,
    TimelineEvent,
    changed_query,
)
from kirjaamo.values.calculation import Calculation, Workings
from kirjaamo.values.money import Money

LONG = "Erityisryhmäasumisoikeussopimusjärjestelmärekisteriseloste"
ARABIC = "طلب معلومات عن رخصة البناء"
EMOJI = "Uimakortti 🏊‍♀️ ja 👩‍👩‍👧‍👦 perhelippu"
HOSTILE = '<script>alert("1")</script> "\'>&amp; \u202eoikealta vasemmalle'
SWEDISH = {"sv": "Register över specialsimkort och dess personuppgiftsansvariga"}
ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return one sample of what each component shows."""
    return (
        _facts_and_lists(request)
        | _process()
        | _start()
        | {"items": [Crumb("Napit", "#buttons"), Crumb("Tilat", "#states"), Crumb("Luettelot", "#lists"), Crumb("Kaaviot", "#charts")]}
    )


def _facts_and_lists(request: HttpRequest) -> dict[str, Any]:
    return {
        "facts": [
            Fact("Vastuuyksikkö", "Kaupunkiympäristön toimiala, rakennusvalvontapalvelut", url="#unit"),
            Fact("Tehtäväluokka", "10 03 00 Rakennusluvat"),
            Fact(
                "Julkisuus",
                "Osittain salassa pidettävä",
                explain="Terveystiedot ovat salassa pidettäviä (JulkL 24 § 1 mom. 25 kohta).",
                badge=Badge("Salattuja osia", "secret"),
            ),
            Fact("Säilytysaika", "Pysyvästi"),
            Fact("Muut nimet", [LONG, SWEDISH, EMOJI, ARABIC]),
            Fact("Tekninen rajapinta", None),
            Fact("Sisältää henkilötietoja", value=True),
            Fact("Päivitetty", AT),
        ],
        "rows": [
            ListRow(
                "Rakennuslupa-arkisto",
                "#1",
                "Rakennusluvat, piirustukset ja katselmuspöytäkirjat vuodesta 1908.",
                "Tietovaranto",
                ["Kaupunkiympäristö", "Hakutekijät: osoite, kiinteistötunnus, lupatunnus"],
                Badge("Julkinen", "success"),
            ),
            ListRow(
                LONG,
                "#2",
                "Rekisteri, jonka nimi ei mahdu riville missään näytössä, mutta rivittyy silti siististi.",
                "Henkilörekisteri",
                ["Sosiaali- ja terveyspalvelut"],
                Badge("Salassa pidettävä", "secret"),
            ),
            ListRow(SWEDISH, "#3", ARABIC, "Tietojärjestelmä", [EMOJI], Badge("Ei tiedossa", "warning")),
            ListRow(HOSTILE, "#4", HOSTILE, "Tietoaineisto", [HOSTILE]),
        ],
        "table": Table(
            "Tietopyynnöt",
            [
                Column("id", "Asiatunnus", sortable=True, nowrap=True),
                Column("subject", "Asia"),
                Column("unit", "Yksikkö", sortable=True),
                Column("due", "Määräpäivä", sortable=True),
                Column("fee", "Maksu", numeric=True),
                Column("state", "Tila"),
            ],
            [
                Row(
                    [
                        "HEL 2026-014522",
                        "Rakennuspiirustukset, Mannerheimintie 5",
                        "Kaupunkiympäristö",
                        date(2026, 12, 7),
                        "0,00 €",
                        Cell(badge=Badge("Käsittelyssä", "info")),
                    ],
                    "#1",
                ),
                Row(
                    [
                        "HEL 2026-014519",
                        LONG,
                        "Kasvatus ja koulutus",
                        Cell(date(2026, 11, 20), note="2 päivää myöhässä"),
                        "36,00 €",
                        Cell(badge=Badge("Myöhässä", "danger")),
                    ],
                    "#2",
                    "danger",
                ),
                Row(
                    [
                        "HEL 2026-014498",
                        ARABIC,
                        "Kulttuuri ja vapaa-aika",
                        date(2026, 12, 1),
                        "1\u00a0250,50\u00a0€",
                        Cell(badge=Badge("Vastattu", "success")),
                    ],
                    "#3",
                ),
                Row(["HEL 2026-014377", EMOJI, "Kansliapalvelut", None, None, Cell(badge=Badge("Odottaa täydennystä", "warning"))], "#4"),
            ],
            request=request,
            sort=request.GET.get("sort", "due"),
        ),
        "empty_table": Table("Tyhjä", [Column("a", "A")], [], empty="Ei tietopyyntöjä tällä rajauksella"),
        "pager": Pager("#previous", "#next", 20, 1000, capped=True),
        "facets": [
            Facet(
                "Laji",
                [
                    FacetOption("Tietovaranto", changed_query(request, kind="resource"), 27, active=True),
                    FacetOption("Tietojärjestelmä", "#b", 43),
                    FacetOption("Henkilörekisteri", "#c", 37),
                ],
            ),
            Facet(
                "Julkisuus",
                [FacetOption("Julkinen", "#d", 61), FacetOption("Osittain salassa pidettävä", "#e", 1204), FacetOption(LONG, "#f", 3)],
            ),
        ],
        "tabs": [Tab("Tiedot", "#facts", current=True), Tab("Asiakirjat", "#docs", count=12), Tab("Historia", "#history", count=1204)],
        "figures": [
            Figure(43, "tietojärjestelmää"),
            Figure(1204, "avointa asiaa", "näistä 31 myöhässä", "#late", "danger"),
            Figure("6,2 pv", "vastausaika", "mediaani, viimeiset 30 päivää", tone="success"),
            Figure("98 %", "ajoissa vastattu"),
        ],
        "files": [
            ListRow("Päätös.pdf", "#pdf", meta=["PDF", "184 kt"], badge=Badge("Julkinen", "success")),
            ListRow(f"{LONG}-liite-1.pdf", "#pdf2", meta=["PDF", "2,1 Mt"]),
        ],
    }


def _process() -> dict[str, Any]:
    return {
        "steps": [
            StepItem("Vireilletulo", "done", "22.11.2026"),
            StepItem("Valmistelu", "done"),
            StepItem("Päätöksenteko", "current", "viimeistään 7.12.2026"),
            StepItem("Tiedoksianto"),
            StepItem("Muutoksenhakuaika"),
        ],
        "events": [
            TimelineEvent(AT, "Pyyntö saapui", "Asiakirjapyyntö verkkolomakkeella.", "Pyytäjä"),
            TimelineEvent(date(2026, 11, 23), "Siirretty yksikölle", "", "Kirjaaja", tone="info"),
            TimelineEvent(date(2026, 11, 24), ARABIC, HOSTILE, EMOJI, tone="warning"),
            TimelineEvent(date(2026, 11, 25), "Valmistelu", "Asiakirjat kootaan ja tarkistetaan.", "Käsittelijä", state="current"),
            TimelineEvent(date(2026, 12, 7), "Vastaus viimeistään", state="todo"),
        ],
        "deadline": Deadline(
            "Vastaus viimeistään",
            date(2026, 12, 7),
            [
                DeadlineStep(ON, "Pyyntö saapui sunnuntaina.", "HLL 18 §"),
                DeadlineStep(date(2026, 11, 23), "Aika alkaa kulua seuraavasta päivästä.", "L 150/1930 2 §"),
                DeadlineStep(date(2026, 12, 6), "Kaksi viikkoa täyttyy itsenäisyyspäivänä.", "JulkL 14 § 4 mom."),
                DeadlineStep(date(2026, 12, 7), "Määräpäivä siirtyy seuraavaan arkipäivään.", "L 150/1930 5 §"),
            ],
            note="Jos pyyntö on laaja, aika voi olla enintään kuukausi.",
        ),
        "checks": [
            CheckRow("Tietovarannot ja niiden tietoaineistot", "ok", "27 / 27"),
            CheckRow("Hakutekijät", "missing", "Kahdelta järjestelmältä puuttuu hakutekijä.", "#fix"),
            CheckRow("Avoin tekninen rajapinta", "unknown", "Neljän järjestelmän tietoa ei ole selvitetty."),
        ],
        "thread": [
            Message("Maija Esimerkki", AT, "Hei,\nolisiko piirustukset saatavilla?\n\n" + ARABIC),
            Message("Kirjaamo", AT, "Kyllä. Ne ovat alla.", own=True, files=[ListRow("Julkisivu.pdf", "#f", meta=["PDF", "1,2 Mt"])]),
        ],
        "bar_chart": Chart(
            "Tietopyynnöt kuukausittain",
            ["kesä", "heinä", "elo", "syys", "loka", "marras"],
            [Series("Saapuneet", [120, 84, 143, 210, 232, 190]), Series("Vastatut", [118, 90, 120, 205, 221, 120])],
            unit="kpl",
        ),
        "line_chart": Chart(
            "Vastausaika",
            ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."],
            [
                Series("Mediaani", [6.5, 7, 6.1, None, 5.5, 5.2, 6, 4.8]),
                Series("Yhdeksän kymmenestä", [12, 13.5, 11, None, 10, 11.2, 9.5, 9]),
            ],
            "line",
            "päivää",
            "Lähde: asiarekisteri",
            1,
        ),
        "calculation": _calculation(),
        "actions": [
            Action("Lähetä pyyntö", kind="primary", icon="send"),
            Action("Tallenna luonnos", "#save"),
            Action("Peruuta", "#cancel", kind="quiet"),
        ],
    }


def _calculation() -> Calculation:
    work = Workings("Maksu")
    hours = work.step("hours", {"fi": "Työaika", "sv": "Arbetstid", "en": "Working time"}, Decimal("1.5"), unit="h")
    rate = work.step("rate", {"fi": "Tuntihinta", "sv": "Timpris", "en": "Price of an hour"}, Money("36.00"), law="JulkL 34 §")
    return work.result(Money(rate.amount * hours))


def _start() -> dict[str, Any]:
    return {
        "doors": [
            Door(
                {"fi": "Etsi", "sv": "Sök", "en": "Find"},
                "Katso, mitä tietoja kaupungilla on, missä ne ovat ja ketkä niitä saavat.",
                "#find",
                "Selaa tietovarantoja",
                "search",
            ),
            Door(
                {"fi": "Pyydä", "sv": "Begär", "en": "Ask"},
                "Pyydä asiakirja tai omat tietosi. Kerromme heti, milloin saat vastauksen ja mitä se maksaa.",
                "#ask",
                "Tee tietopyyntö",
                "mail",
            ),
            Door(
                {"fi": "Seuraa", "sv": "Följ", "en": "Follow"}, "Katso pyyntösi vaihe ja hae vastaus.", "#follow", "Avaa pyyntösi", "clock"
            ),
        ],
    }
