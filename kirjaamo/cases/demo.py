"""Invented cases of a year, so that the case register looks like one in use. Every name, company and matter is made up."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases import actions, demo_past, demo_special, demo_working
from kirjaamo.cases.demo_arrivals import fill
from kirjaamo.cases.demo_matters import MATTERS, Matter
from kirjaamo.cases.models import Case, ClosingGround
from kirjaamo.documents import actions as documents
from kirjaamo.documents.letter import Letter, prose, signature
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import ManagementUnit, Unit, User
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision, Node

CLERK = Machine("demo")
YEAR = 350
PEOPLE = ("Aino Esimerkki", "Onni Keksitty", "Helmi Tarunen", "Väinö Mallikas", "Siiri Kuvitelma", "Eino Satunen", "Alma Näyte")
WAYS = (Way.E_SERVICE, Way.E_SERVICE, Way.EMAIL, Way.POST, Way.COUNTER)
WITH_DUE_DAY, WITHOUT_RESOLUTION, TAKEN_AFTER = 0.7, 0.15, 10
"""How many of the cases have a due day, how many that ended had no resolution, and the days in which a case is taken up."""
DECIDED_EVERY = 9
"""Of every so many documents of the plan a person has decided the publicity otherwise."""
LETTER_EVERY = 5
"""Every so many cases hold a letter as PDF; the others a text file."""
KEY = uuid.UUID("6d1c1f0e-8a2b-4b8e-9d55-2f6f0c6a7b10")


def make(report: Callable[[int, int, str], None]) -> None:
    """Register the matters from the oldest on; about half have ended, some are due soon and a few are late."""
    chance = random.Random(20_260_101)  # noqa: S311 - invented data, the same each time
    handlers = {user.unit_id: user for user in User.objects.order_by("-pk") if user.may("cases.handle")}
    days = sorted((chance.randrange(2, YEAR) for _ in MATTERS), reverse=True)
    matters = chance.sample(MATTERS, len(MATTERS))
    for number, (matter, ago) in enumerate(zip(matters, days, strict=True), start=1):
        case = _register(matter, number, ago, chance)
        handler = handlers.get(case.unit_id)
        if chance.random() < min(0.95, ago / 250):
            _end(case, ago, chance)
        elif ago > TAKEN_AFTER and handler is not None:
            actions.take(case, actor=CLERK, user=handler)
        report(number, len(MATTERS), "cases")
    demo_working.make()
    demo_special.make()
    demo_past.make(chance)
    report(1, 1, "arrivals")
    fill(chance)


def _register(matter: Matter, number: int, ago: int, chance: random.Random) -> Case:
    revision = in_force(matter.code, timezone.localdate())
    arrived = timezone.now() - dt.timedelta(days=ago, minutes=chance.randrange(30, 400))
    sender = matter.sender or chance.choice(PEOPLE)
    told = actions.Sender(sender, SubjectKind.ORGANISATION if matter.sender else SubjectKind.PERSON)
    identifier = actions.register(
        actions.Registration(
            revision=revision,
            unit=Unit.objects.get(slug=matter.unit),
            title=matter.title,
            public_title=matter.title if matter.open else "",
            way=chance.choice(WAYS),
            arrived_at=arrived,
            document=_draft(matter, sender, arrived, number, _first_type(revision, matter.type_code)),
            key=uuid.uuid5(KEY, str(number)),
            sender=told,
            stage=_first_stage(revision),
            due_on=timezone.localdate() + dt.timedelta(days=chance.randrange(-6, 60)) if chance.random() < WITH_DUE_DAY else None,
            language=matter.language,
        ),
        actor=CLERK,
    )
    return Case.objects.get(identifier=identifier)


def _first_stage(revision: ClassRevision) -> Node | None:
    return revision.nodes.filter(kind=NodeKind.STAGE).order_by("order").first()


def _first_type(revision: ClassRevision, code: str) -> Node | None:
    """The type of a code; else the first one of the first stage, which starts a case of the class. None when the plan names none there."""
    if code:
        return revision.nodes.get(kind=NodeKind.DOCUMENT, code=code)
    stages = revision.nodes.filter(kind=NodeKind.STAGE).order_by("order")
    second = stages.values_list("order", flat=True)[1:2]
    found = revision.nodes.filter(kind=NodeKind.DOCUMENT).order_by("order").first()
    return found if found is not None and all(found.order < order for order in second) else None


def _draft(matter: Matter, sender: str, at: dt.datetime, number: int, node: Node | None) -> documents.Draft:
    """The document that started the matter: a letter, or a text file."""
    name = matter.document
    upload = Upload(f"{name.lower().replace(' ', '-')}.txt", f"{name}\n\n{matter.title}\n\n{sender}\n".encode(), "text/plain")
    if number % LETTER_EVERY == 0:
        parts = [prose(f"{matter.title}."), signature(sender)]
        letter = Letter(matter.language, at, name, str(ManagementUnit.objects.get().name.get(matter.language, "")), parts)
        upload = Upload(f"{name.lower().replace(' ', '-')}.pdf", letter.pdf(), "application/pdf")
    decided = documents.Metadata(
        Publicity.PUBLIC if matter.open else Publicity.SECRET,
        () if matter.open else ("JulkL-24-1-32",),
        (PersonalData.NONE if matter.open and matter.sender else PersonalData.CONTAINS).value,
        source="decision",
        reason="Esimerkkiaineisto",
    )
    metadata = documents.Metadata.of(node) if node and number % DECIDED_EVERY else decided
    return documents.Draft(
        title=f"{name}: {matter.title}",
        type_code=node.code if node else "arrival",
        metadata=metadata,
        language=matter.language,
        node=node,
        uploads=[upload],
    )


def _end(case: Case, ago: int, chance: random.Random) -> None:
    """End a case with a resolution, or now and then on a ground without one."""
    if chance.random() < WITHOUT_RESOLUTION:
        actions.close(case, actor=CLERK, ground=chance.choice([ClosingGround.WITHDRAWN, ClosingGround.LAPSED, ClosingGround.TRANSFERRED]))
        return
    resolved = case.initiated_at + dt.timedelta(days=chance.randrange(1, max(2, min(ago, 90))))
    actions.close(case, actor=CLERK, resolved_at=min(resolved, timezone.now()), service_way=chance.choice(WAYS))
