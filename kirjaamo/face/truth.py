"""What the public face must hold, said once: each table as one query over the register, for visitors and a moment.

The same query writes a table after an action, fills it anew, and is what the nightly comparison holds it against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    JSONField,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as When_
from django.db.models.functions import Cast, Coalesce, Concat

from kirjaamo.cases.indexing import PUBLIC_SOURCE
from kirjaamo.cases.models import Arrival, ArrivalState, Case, CaseDocument, CaseEvent, WebLevel
from kirjaamo.cases.visibility import LISTS_DOCUMENTS, has_open_title, visible_to
from kirjaamo.decisions.models import Publication
from kirjaamo.documents.openness import has_begun, not_secret
from kirjaamo.face.models import (
    FaceCase,
    FaceDelivery,
    FaceDocument,
    FaceMessage,
    FaceNotice,
    FaceReceipt,
    FaceRequest,
    FaceStage,
)
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.models import SearchRow, TsVectorField
from kirjaamo.requests.models import Delivery, InformationRequest, Message, MessageDirection, Refusal
from kirjaamo.tos.models import Node
from kirjaamo.values.clock import local_day
from kirjaamo.values.openness import Opening
from kirjaamo.values.publicity import PersonalData, Publicity

NOTHING = Value("", output_field=CharField())


@dataclass(frozen=True)
class FaceTable:
    """A table of the public face: its model, the path from the rows of the query to the key of their owner, and the query.

    `owner` is what the rows hang on, a case unless it is said: when it is touched, they are brought to what they must be.
    """

    model: type[Model]
    path: str
    rows: Callable[[dt.datetime], QuerySet[Any]]
    owner: str = "case"
    also: str = ""
    """What else its rows hang on through the owner: `cases` or `documents` that were there before; empty: on the owner alone."""

    @property
    def name(self) -> str:
        """The table's name, quoted."""
        return f'"{self.model._meta.db_table}"'

    @property
    def key(self) -> str:
        """The column that holds the key of the owner."""
        return f"{self.owner}_id"

    @property
    def columns(self) -> Sequence[str]:
        """The columns, in the order of the query; the first is the key."""
        return [field.attname for field in self.model._meta.concrete_fields]


def _cases(at: dt.datetime) -> QuerySet[Any]:
    vector = SearchRow.objects.filter(source=PUBLIC_SOURCE, key=OuterRef("identifier")).values("vector")[:1]
    title = When_(When(has_open_title(), then=F("public_title")), default=NOTHING)
    return Case.objects.filter(visible_to(VISITOR, at)).order_by().values_list(
        "pk", "identifier", title, "language", "web", "revision_id", "revision__code", "revision__title", "unit__slug", "unit__title",
        "unit__short", "authority__name", "state", "stage", "initiated_at", "resolved_at", "closed_at", "closing_ground",
        Coalesce(Subquery(vector, output_field=TsVectorField()), Value("", output_field=TsVectorField())),
    )  # fmt: skip


def _stages(at: dt.datetime) -> QuerySet[Any]:
    shown = CaseEvent.objects.filter(visible_to(VISITOR, at, "case__")).exclude(stage="").order_by()
    key = Concat(Cast("case_id", CharField()), Value(":"), "stage", output_field=CharField())
    return shown.values("case_id", "stage").annotate(began=Min("at"), key=key).values_list("key", "case_id", "stage", "began")


def _documents(at: dt.datetime) -> QuerySet[Any]:
    """Open documents by title or kind; of a secret one only that it came and on which day (TiHL 906/2019 § 25.2)."""
    is_open = has_begun(at, "document__") & not_secret(at, "document__")
    masked = has_begun(at, "document__") & ~not_secret(at, "document__")
    partly = masked & Q(document__publicity=Publicity.PARTLY_SECRET.value)
    opening = When_(When(is_open, then=Value(Opening.WHOLE.value)), When(partly, then=Value(Opening.PARTS.value)), default=Value("secret"))
    nameless = Q(document__personal=PersonalData.NONE.value) | Q(case__web=WebLevel.NAMES)
    title = When_(When(is_open & nameless, then=F("document__title")), default=NOTHING)
    node = Node.objects.filter(revision=OuterRef("case__revision"), key=OuterRef("document__node_key")).values("title")[:1]
    kind = When_(When(is_open, then=Subquery(node)), default=Value(None, output_field=JSONField()), output_field=JSONField())
    day = Coalesce("document__sent_at", "document__arrived_at", "document__made_at")
    shown = CaseDocument.objects.filter(visible_to(VISITOR, at, "case__"), has_begun(at, "document__"), case__web__in=LISTS_DOCUMENTS)
    return shown.order_by().values_list("pk", "case_id", opening, title, kind, day)


def _receipts(at: dt.datetime) -> QuerySet[Any]:
    """What was sent by the e-service: when, how far, and its case. That something was taken for spam is not told."""
    state = When_(When(state=ArrivalState.SPAM, then=Value(ArrivalState.NOT_REGISTERED.value)), default=F("state"))
    sent = Arrival.objects.exclude(receipt_hash="").filter(taken_at__lte=at).order_by()
    first = Coalesce("follows__receipt_hash", NOTHING)
    return sent.values_list("pk", "receipt_hash", first, "identifier", "counts_at", "register_by", state, "ended_at", "case_id")


def _requests(at: dt.datetime) -> QuerySet[Any]:
    """How far requests are. Who asked and what they wrote is not among it."""
    refusals = Refusal.objects.filter(request=OuterRef("pk")).order_by("-id")
    identified = ExpressionWrapper(Q(identified_at__isnull=False), output_field=BooleanField())
    return InformationRequest.objects.filter(received_at__lte=at).order_by().values_list(
        "pk", "token_hash", "case_id", "case__identifier", "kind", "entry_title", "language", "received_at", "case__unit__title",
        "case__state", "case__closed_at", "deadlines", "outcome", "answered_at", identified, Exists(refusals),
        Subquery(refusals.values("decision_wanted_at")[:1]),
    )  # fmt: skip


def _messages(at: dt.datetime) -> QuerySet[Any]:
    """That there is a message; its text, closed for the address, when the official opened it."""
    own = ExpressionWrapper(Q(direction=MessageDirection.FROM_ASKER), output_field=BooleanField())
    box = When_(When(open=True, direction=MessageDirection.TO_ASKER, then=F("box")), default=Value(b""), output_field=BinaryField())
    return Message.objects.filter(at__lte=at).order_by().values_list("pk", "request_id", own, "at", box)


def _deliveries(at: dt.datetime) -> QuerySet[Any]:
    """That a document was given; what it is, closed for the address, while it is wholly public and was given for the address."""
    fetched = Q(open=True, document__publicity=Publicity.PUBLIC.value) & ~Q(label=b"")
    is_open = ExpressionWrapper(fetched, output_field=BooleanField())
    label = When_(When(fetched, then=F("label")), default=Value(b""), output_field=BinaryField())
    return Delivery.objects.filter(given_at__lte=at).order_by().values_list("pk", "request_id", is_open, "given_at", label)


def _notices(at: dt.datetime) -> QuerySet[Any]:
    """What is on view: put there, not taken away, and its time of appeal not ended."""
    shown = Publication.objects.filter(removed_at=None, published_on__lte=local_day(at), until__gte=local_day(at)).order_by()
    return shown.values_list(
        "pk",
        "decision__case__identifier",
        "title",
        "text",
        "language",
        "decision__unit__title",
        "published_on",
        "known_on",
        "until",
        "ways",
    )


TABLES = (
    FaceTable(FaceCase, "pk", _cases),
    FaceTable(FaceStage, "case_id", _stages),
    FaceTable(FaceDocument, "case_id", _documents),
    FaceTable(FaceReceipt, "pk", _receipts, owner="arrival"),
    FaceTable(FaceRequest, "pk", _requests, owner="request", also="cases"),
    FaceTable(FaceMessage, "request", _messages, owner="request"),
    FaceTable(FaceDelivery, "request", _deliveries, owner="request", also="documents"),
    FaceTable(FaceNotice, "pk", _notices, owner="publication"),
)
