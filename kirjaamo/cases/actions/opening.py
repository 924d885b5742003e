"""A case becomes pending: its row, parties and first event, its number in the last statement."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import indexing
from kirjaamo.cases.class_rules import ClassRule, rule_of
from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseParty, PartyRole
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.together import insert_together
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.subjects import indexing as parties
from kirjaamo.tos.reading import open_for_cases
from kirjaamo.values.case_identifier import CasePattern
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import Unit, User
    from kirjaamo.subjects.models import Subject
    from kirjaamo.tos.models import ClassRevision, Node


OPENED = {"fi": "Asia tuli vireille", "sv": "Ärendet inleddes", "en": "The case became pending"}


@dataclass(frozen=True)
class NewParty:
    """A party to be: a subject in a role, or someone anonymous."""

    role: PartyRole
    subject: Subject | None = None


@dataclass(frozen=True)
class NewCase:
    """What is told of a case that becomes pending. An empty `public_title` keeps the title off the public register.

    `key` is the primary key when it was taken already, with the claim of a form.
    """

    revision: ClassRevision
    unit: Unit
    management_unit: ManagementUnit
    title: str
    initiated_at: dt.datetime
    parties: Sequence[NewParty]
    public_title: str = ""
    publicity: Publicity = Publicity.PUBLIC
    language: str = "fi"
    stage: Node | None = None
    due_on: dt.date | None = None
    handler: User | None = None
    documents: Sequence[Document] = field(default_factory=tuple)
    key: int | None = None


@action("Avaa asia", needs="cases.register")
def open_case(new: NewCase, *, actor: Actor) -> Case:
    """Open a case: parties, documents and first event under its key, then the number, the row and its index.

    The number is taken in the last statements, so that its series is locked for as short as can be. Refuses a time of
    initiation in the future, a case that nobody brought up (TiHL 906/2019 § 26.2 item 4, § 26.5 item 1), and a class that is
    out of use, pointing at its successor, or has no process.
    """
    at = running().at
    if new.initiated_at > at:
        raise Refused(
            _("Saapumisaika on tulevaisuudessa. Tarkista päivä ja kellonaika."),
            code="cases.future",
            section="TiHL 906/2019 26 §",
            field="arrived_on",
        )
    if not any(party.role == PartyRole.INITIATOR for party in new.parties):
        raise Refused(
            _("Kerro vireillepanija tai merkitse asia nimettömäksi."),
            code="cases.no_initiator",
            section="TiHL 906/2019 26 §",
            field="sender",
        )
    open_for_cases(new.revision, timezone.localdate(at))
    case = blank(new, at, actor.actor_ref)
    stage = case.stage
    parties_ = [CaseParty(case_id=case.pk, subject=p.subject, role=p.role, anonymous=p.subject is None) for p in new.parties]
    papers = [CaseDocument(case_id=case.pk, document=d, stage=stage, at=at) for d in new.documents]
    key = new.stage.key if new.stage else None
    opened = CaseEvent(case_id=case.pk, at=at, actor=actor.actor_ref, kind="opened", stage=stage, node_key=key, label=OPENED)
    insert_together([*parties_, *papers, opened])
    _insert_numbered(case, new)
    rows = [*indexing.search_rows(case), *parties.rows(party.subject for party in new.parties)]
    SearchRow.objects.bulk_create(rows, **parties.ANEW)
    return case


def blank(new: NewCase, at: dt.datetime, opened_by: str = "") -> Case:
    """The case under a key of its own, without number yet (a statement when no key was taken with the claim of a form)."""
    key = new.key if new.key is not None else Case.objects.take_keys(1)[0]
    return blank_under(key, new, at, rule_of(new.revision.code, timezone.localdate(at)), opened_by)


def blank_under(key: int, new: NewCase, at: dt.datetime, rule: ClassRule, opened_by: str = "") -> Case:
    """The case under a key that was taken, without number yet."""
    return Case(
        pk=key,
        management_unit=new.management_unit,
        authority_id=new.unit.authority_id,
        revision=new.revision,
        title=new.title,
        public_title=new.public_title,
        publicity=new.publicity.value,
        web=rule.web,
        language=new.language,
        initiated_at=new.initiated_at,
        registered_at=at,
        stage=new.stage.code if new.stage else "",
        unit=new.unit,
        handler=new.handler,
        due_on=new.due_on,
        confidential=rule.confidential,
        opened_by=opened_by,
    )


def take_numbers(cases: Sequence[Case]) -> None:
    """Give many cases the next numbers of their series, one by one in their order, under the lock of each series.

    A transaction that is undone gives its numbers back: every number up to the last is one case's.
    """
    series: dict[str, list[tuple[Case, CasePattern, int]]] = defaultdict(list)
    for case in cases:
        pattern, year = CasePattern.parse(case.management_unit.case_pattern), timezone.localtime(case.initiated_at).year
        series[pattern.series_key(year)].append((case, pattern, year))
    for name, members in sorted(series.items()):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cases_numberseries (key, last) VALUES (%s, 1)"
                " ON CONFLICT (key) DO UPDATE SET last = cases_numberseries.last + 1",
                [[name]] * len(members),
            )
            cursor.execute("SELECT last FROM cases_numberseries WHERE key = %s", [name])
            last: int = cursor.fetchone()[0]
        for number, (case, pattern, year) in enumerate(members, start=last - len(members) + 1):
            case.series, case.number = name, number
            case.identifier = pattern.format(number, year, case.revision.code.replace(" ", ".")).text


def index_again(cases: QuerySet[Case]) -> None:
    """Make the search rows of some cases anew, a bounded number at a time. Called only within an action."""
    for case in cases.iterator(chunk_size=indexing.BATCH):
        SearchRow.objects.filter(source__in=indexing.SOURCES, key=case.identifier).delete()
        SearchRow.objects.bulk_create(indexing.search_rows(case))


_INSERT = """
WITH taken AS (
    INSERT INTO cases_numberseries (key, last) VALUES (%s, 1)
    ON CONFLICT (key) DO UPDATE SET last = cases_numberseries.last + 1 RETURNING last
)
INSERT INTO cases_case ({columns}, series, number, identifier)
SELECT {values}, %s, last, %s || lpad(last::text, greatest(%s, length(last::text)), '0') || %s FROM taken RETURNING number, identifier
"""


def _insert_numbered(case: Case, new: NewCase) -> None:
    """Take the next number of the series and insert the row under it, in one statement: the series is locked from here to the commit.

    A transaction that is undone gives its number back: every number up to the last is one case's.
    """
    pattern = CasePattern.parse(new.management_unit.case_pattern)
    year = timezone.localtime(new.initiated_at).year
    before, width, after = pattern.around(year, new.revision.code.replace(" ", "."))
    case.series = pattern.series_key(year)
    fields = [field for field in Case._meta.concrete_fields if field.name not in {"series", "number", "identifier"}]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(field.pre_save(case, add=True), connection) for field in fields]
    statement = _INSERT.format(columns=columns, values=", ".join(["%s"] * len(fields)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [case.series, *values, case.series, before, width, after])
        case.number, case.identifier = cursor.fetchone()
    case._state.adding = False
    running().wrote(case, "create", {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields})


@action("Indeksoi asiat", needs="organisation.manage")
def index_cases(*, actor: Actor) -> int:
    """Make the search rows of all cases anew, as after a change of the dictionary; return how many cases there are."""
    del actor
    SearchRow.objects.filter(source__in=indexing.SOURCES).delete()
    count = 0
    for batch in indexing.batches():
        SearchRow.objects.bulk_create([row for case in batch for row in indexing.search_rows(case)])
        count += len(batch)
    return count
