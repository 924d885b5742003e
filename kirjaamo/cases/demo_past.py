"""Invented cases of earlier years, ended long ago, so that retention has something to run out of. Everything is made up."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases.actions.bringing import Ended, Paper, bring
from kirjaamo.cases.actions.opening import NewCase, NewParty
from kirjaamo.cases.demo_matters import HALLINTO, KASKO, KIRJAAMO, KUVA, YMP
from kirjaamo.cases.invented import Invention
from kirjaamo.cases.models import PartyRole
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.tos.models import Node

CLERK = Machine("demo")
HANDLING = (20, 120)
"""A case took so many days to its resolution, at least and at most."""
APPEAL_DAYS = 37


@dataclass(frozen=True)
class Past:
    """A kind of matter that came up year after year. `{year}` and `{street}` are filled; a firm or a person brought it up."""

    code: str
    unit: str
    title: str
    years: tuple[int, ...]
    firm: bool = False
    open: bool = True
    type_code: str = ""
    """The type of what began the case; empty: the first one of the plan."""


GRANTS = (2012, 2014, 2015, 2016, 2019, 2022)
KINDS = (
    Past("02 05 01 00", KUVA, "Liikuntaseuran toiminta-avustus vuodelle {year}", GRANTS, firm=True, type_code="grant_application"),
    Past("02 05 01 00", KUVA, "Kulttuuriavustus: korttelijuhla {year}", (2013, 2015, 2018, 2023), firm=True, type_code="grant_application"),
    Past("12 03 05", KUVA, "Liikuntahallin vuorot kaudelle {year}", (2019, 2021, 2022, 2023, 2024), firm=True),
    Past("10 01 01 04", YMP, "Ulkotarjoilualue kesäksi {year}", (2015, 2017, 2018, 2020, 2022), firm=True),
    Past("10 01 01 04", YMP, "Työmaan tukialue, {street}", (2016, 2019, 2021), firm=True),
    Past("10 01 01 02", YMP, "Varastotontin vuokraaminen, {street}", (2013, 2017), firm=True),
    Past("08 03 01 02", YMP, "Ajoneuvon siirto, {street}", (2016, 2018, 2019, 2020, 2023)),
    Past("03 01 00", "oikeuspalvelut", "Vahingonkorvausvaatimus, {street}", (2013, 2015, 2016, 2020), open=False),
    Past("01 01 01 01", "henkilostoosasto", "Suunnittelijan tehtävän täyttäminen {year}", (2018, 2021, 2023), firm=True),
    Past("10 04 03", YMP, "Rakennuslupa: pientalo, {street}", (2014, 2017, 2021)),
    Past("10 04 04", YMP, "Toimenpidelupa: parvekelasitus, {street}", (2015, 2019)),
    Past("11 02 00", YMP, "Elintarvikehuoneiston ilmoitus: kahvila, {street}", (2014, 2016, 2020), firm=True),
    Past("11 01 00 02", YMP, "Meluilmoitus: ulkoilmakonsertti {year}", (2014, 2018, 2022, 2024), firm=True),
    Past("00 01 02 03", KIRJAAMO, "Palaute kadun kunnossapidosta, {street}", (2022, 2023, 2024)),
    Past("00 00 03", HALLINTO, "Valtuustoaloite leikkipaikasta, {street}", (2012, 2015, 2019)),
    Past("02 08 01 00", "talpa", "Toimistokalusteiden kilpailutus {year}", (2013, 2018), firm=True),
    Past("12 01 00", KASKO, "Oppilaaksi ottaminen lukuvuodeksi {year}", (2014, 2019, 2022), open=False),
    Past("02 06 07", "talpa", "Päivähoitomaksun lykkäys {year}", (2014, 2018, 2021), open=False),
)


def make(chance: random.Random) -> None:
    """Bring the cases of earlier years in, the oldest first."""
    invention = Invention(chance.randrange(1_000_000))
    rows = sorted(((year, number) for number, kind in enumerate(KINDS) for year in kind.years), key=lambda row: row[0])
    for year, number in rows:
        _bring(KINDS[number], year, invention)


def _bring(kind: Past, year: int, invention: Invention) -> None:
    chance = invention.chance
    revision = in_force(kind.code, timezone.localdate())
    nodes = list(revision.nodes.order_by("order"))
    stages = [node for node in nodes if node.kind == NodeKind.STAGE]
    begun = dt.datetime(year, chance.randrange(1, 9), chance.randrange(1, 28), chance.randrange(8, 16), tzinfo=dt.UTC)
    resolved = begun + dt.timedelta(days=chance.randrange(*HANDLING))
    title = kind.title.format(year=year, street=f"{invention.street()} {chance.randrange(1, 90)}")
    sender = _sender(kind, invention)
    new = NewCase(
        revision=revision,
        unit=Unit.objects.get(slug=kind.unit),
        management_unit=ManagementUnit.objects.get(),
        title=title,
        public_title=title if kind.open else "",
        initiated_at=begun,
        parties=[NewParty(PartyRole.INITIATOR, sender)],
        stage=stages[0] if stages else None,
    )
    papers = _papers(_types(nodes, kind.type_code), title, sender.name, begun, resolved)
    closed = resolved + dt.timedelta(days=APPEAL_DAYS)
    bring(Ended(new, papers, resolved, closed, stages[-1].code if stages else "", invention.person()), actor=CLERK)


def _sender(kind: Past, invention: Invention) -> Subject:
    if kind.firm:
        return add_subject(invention.firm(), actor=CLERK, kind=SubjectKind.ORGANISATION)
    return add_subject(invention.person(), actor=CLERK)


def _types(nodes: Sequence[Node], code: str) -> Sequence[Node]:
    """The document types of the plan from the one that begins the case on."""
    kinds = [node for node in nodes if node.kind == NodeKind.DOCUMENT]
    first = next((number for number, node in enumerate(kinds) if node.code == code), 0)
    return kinds[first:]


def _papers(kinds: Sequence[Node], title: str, sender: str, begun: dt.datetime, resolved: dt.datetime) -> list[Paper]:
    """What began the case and what resolved it, by types of the plan: the first one, and the decision or the last."""
    last = next((node for node in kinds[1:] if "decision" in {node.code, node.type_code}), kinds[-1])
    told = [Paper(kinds[0], begun, f"{kinds[0].title['fi']}: {title}"[:300], f"{title}\n\n{sender}\n", sender)]
    if last.key != kinds[0].key:
        told.append(Paper(last, resolved, f"{last.title['fi']}: {title}"[:300], f"{title}\n\nAsia ratkaistiin hakemuksen mukaisesti.\n"))
    return told
