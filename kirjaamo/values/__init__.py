"""Values of the domain in plain Python: no Django, no database, no clock of their own."""

from __future__ import annotations

from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.calculation import (
    Calculation,
    ChangeKind,
    RowUsed,
    Step,
    StepChange,
    Workings,
    compare,
)
from kirjaamo.values.calendar import FinnishCalendar, Override, SchoolCalendar
from kirjaamo.values.case_identifier import CaseIdentifier, CasePattern
from kirjaamo.values.clock import HELSINKI, Arrival, Outage, effective_arrival, local_day
from kirjaamo.values.dated_step import DatedStep, explain, explain_all
from kirjaamo.values.deadline_rules import (
    ClosingTime,
    DeadlineRule,
    Direction,
    Extension,
    ServicePresumption,
    StartEvent,
    Unit,
)
from kirjaamo.values.deadlines import (
    Deadline,
    PresumedService,
    count,
    extend,
    presumed_service,
    shift,
)
from kirjaamo.values.holiday_names import HOLIDAY_NAMES
from kirjaamo.values.language import (
    LANGUAGES,
    Picked,
    Text3,
    base_language,
    format_day,
    pick,
    pick_with_language,
)
from kirjaamo.values.money import Money, Rounding
from kirjaamo.values.period import ALWAYS, Period
from kirjaamo.values.personal_id import (
    FoundPersonalId,
    PersonalId,
    PersonalIdError,
    PersonalIdProblem,
    find_personal_ids,
    hide_personal_ids,
)
from kirjaamo.values.problem_texts import PROBLEM_TEXTS
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.publicity import ClauseType, EndKind, PersonalData, Publicity
from kirjaamo.values.secrecy_end import EndRule, SecrecyEnd, latest, secrecy_end
from kirjaamo.values.service_presumptions import SERVICE_PRESUMPTIONS, service_presumption
from kirjaamo.values.text import Cleaned, clean, sort_key, sort_words

__all__ = [
    "ALWAYS",
    "HELSINKI",
    "HOLIDAY_NAMES",
    "LANGUAGES",
    "PROBLEM_TEXTS",
    "SERVICE_PRESUMPTIONS",
    "Arrival",
    "BusinessId",
    "Calculation",
    "CaseIdentifier",
    "CasePattern",
    "ChangeKind",
    "ClauseType",
    "Cleaned",
    "ClosingTime",
    "DatedStep",
    "Deadline",
    "DeadlineRule",
    "Direction",
    "EndKind",
    "EndRule",
    "Extension",
    "FinnishCalendar",
    "FoundPersonalId",
    "Money",
    "Outage",
    "Override",
    "Period",
    "PersonalData",
    "PersonalId",
    "PersonalIdError",
    "PersonalIdProblem",
    "Picked",
    "PresumedService",
    "Publicity",
    "Rounding",
    "RowUsed",
    "SchoolCalendar",
    "SecrecyEnd",
    "ServicePresumption",
    "StartEvent",
    "Step",
    "StepChange",
    "Text3",
    "Unit",
    "ValueProblem",
    "Workings",
    "base_language",
    "clean",
    "compare",
    "count",
    "effective_arrival",
    "explain",
    "explain_all",
    "extend",
    "find_personal_ids",
    "format_day",
    "hide_personal_ids",
    "latest",
    "local_day",
    "pick",
    "pick_with_language",
    "presumed_service",
    "secrecy_end",
    "service_presumption",
    "shift",
    "sort_key",
    "sort_words",
]
