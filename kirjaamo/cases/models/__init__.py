"""The case register (asiarekisteri): what became pending, its stages, parties and documents.

The fields of TiHL 906/2019 § 25–26 (with 488/2023) are constraints. Current stage, state and due date stand on the case;
`CaseEvent` beside it is append-only history; one action writes both.
"""

from __future__ import annotations

from kirjaamo.cases.models.access import CaseGrant, ConfidentialClass, GrantLevel
from kirjaamo.cases.models.arrivals import Arrival, ArrivalFile, ArrivalState, ChannelOutage, Mailbox
from kirjaamo.cases.models.case import Case, CaseState, ClosingGround, NumberSeries, address_of
from kirjaamo.cases.models.class_words import ClassWords
from kirjaamo.cases.models.enquiries import Enquiry, EnquiryEnd, EnquiryKind
from kirjaamo.cases.models.history import CaseDocument, CaseEvent
from kirjaamo.cases.models.judging import HarmJudgement, PartyAccess
from kirjaamo.cases.models.links import CaseLink, CaseRecord, LinkKind
from kirjaamo.cases.models.numbers import VoidNumber
from kirjaamo.cases.models.parties import CaseParty, PartyRole
from kirjaamo.cases.models.people import Deputy, Disqualification
from kirjaamo.cases.models.tasks import Task, TaskState
from kirjaamo.cases.models.web import WebLevel, WebRule

__all__ = [
    "Arrival",
    "ArrivalFile",
    "ArrivalState",
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseGrant",
    "CaseLink",
    "CaseParty",
    "CaseRecord",
    "CaseState",
    "ChannelOutage",
    "ClassWords",
    "ClosingGround",
    "ConfidentialClass",
    "Deputy",
    "Disqualification",
    "Enquiry",
    "EnquiryEnd",
    "EnquiryKind",
    "GrantLevel",
    "HarmJudgement",
    "LinkKind",
    "Mailbox",
    "NumberSeries",
    "PartyAccess",
    "PartyRole",
    "Task",
    "TaskState",
    "VoidNumber",
    "WebLevel",
    "WebRule",
    "address_of",
]
