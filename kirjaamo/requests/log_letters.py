"""Who has looked at one's data: the rows of the use log about a person, as a letter and as data, without the names of officials.

Times and purposes are told; the names of employees are not, save where an act gives them: a client of social and health care is told
who used the data. # EU 2016/679 art. 15, CJEU C-579/21; 703/2023 § 11
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from kirjaamo.documents.letter import heading, prose, table
from kirjaamo.kernel.registry import SOURCES, parts_of
from kirjaamo.kernel.use_log import Purpose, UseVerb, of_subject
from kirjaamo.organisation.oversight import names_of
from kirjaamo.requests.letter_texts import told
from kirjaamo.requests.letters import authority_name, letter_of
from kirjaamo.values.language import format_day, pick

if TYPE_CHECKING:
    from kirjaamo.kernel.use_log import UseEntry
    from kirjaamo.organisation.models import User
    from kirjaamo.requests.models import InformationRequest

NAMING_TERM = "social-log"
"""A request with this time is answered by the act that gives the names too. # 703/2023 § 11"""
OWN_AREAS = {"requests": "log_requests"} | dict.fromkeys(("cases", "subjects", "decisions", "retention", "search"), "log_cases")


@dataclass(frozen=True)
class Look:
    """One use as the person is told of it. `who` is empty where no act gives the name."""

    at: dt.datetime
    where: str
    what: str
    purpose: str
    who: str = ""


def looks(request: InformationRequest, subject: int, since: dt.datetime) -> list[Look]:
    """The uses of a person's data since a moment, newest first, in the language of the request."""
    rows = list(of_subject(subject, since))
    named = _named_areas(request)
    names = names_of({one.actor for one in rows if one.area in named})
    titles = {area: _title(area, request.language) for area in {one.area for one in rows}}
    with translation.override(request.language):
        return [_look(one, titles[one.area], names.get(one.actor, "") if one.area in named else "") for one in rows]


def _look(one: UseEntry, title: str, who: str) -> Look:
    return Look(one.at, title, str(UseVerb(one.verb).label), str(Purpose(one.purpose).label), who)


def _named_areas(request: InformationRequest) -> set[str]:
    """The registers whose users an act lets the person know by name."""
    if request.deadlines[0]["code"] != NAMING_TERM:
        return set()
    return {request.entry_slug, *(source.slug for source in parts_of(request.entry_slug))}


def _title(area: str, language: str) -> str:
    if area in SOURCES:
        return pick(SOURCES[area].describe().title, language)
    return told(OWN_AREAS.get(area, "log_other"), language)


def log_pdf(request: InformationRequest, found: Sequence[Look], *, since: dt.datetime, official: User, at: dt.datetime) -> bytes:
    """The letter: what is told and why not more, then the uses."""
    lang = request.language
    named = any(one.who for one in found)
    lead = told("log_lead", lang, authority=authority_name(lang), since=format_day(timezone.localtime(since).date(), lang))
    head = [told(key, lang) for key in ("log_at", "log_where", "log_what", "log_purpose", *(["log_who"] if named else []))]
    rows = [[_moment(one.at, lang), one.where, one.what, one.purpose, *([one.who or "–"] if named else [])] for one in found]
    uses = table(head, rows) if rows else prose(told("log_none", lang))
    about_names = told("log_names" if _named_areas(request) else "log_no_names", lang)
    parts = [prose(lead), prose(about_names), uses, heading(told("package_rights", lang)), prose(told("log_rights", lang))]
    return letter_of(request, told("log_title", lang), parts, official, at)


def _moment(at: dt.datetime, language: str) -> str:
    local = timezone.localtime(at)
    return f"{format_day(local.date(), language)} {local:%H:%M}"


def log_json(request: InformationRequest, found: Sequence[Look], *, since: dt.datetime, at: dt.datetime) -> bytes:
    """The same for a machine."""
    rows = [{name: value for name, value in asdict(one).items() if value != ""} for one in found]
    body = {"case": request.case.identifier, "made_at": at.isoformat(), "since": since.isoformat(), "uses": rows}
    return json.dumps(body, ensure_ascii=False, indent=1, default=str).encode()
