"""The letters of a request: as received, the refusal, the answer, the own-data package. What they say stands in `letter_texts`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils import timezone, translation

from kirjaamo.documents import typeset
from kirjaamo.documents.letter import Letter, facts, heading, note, prose, signature, table
from kirjaamo.documents.models import Way
from kirjaamo.kernel.registry import SOURCES, Extract
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import ContactKind, ManagementUnit, Unit
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.letter_texts import told
from kirjaamo.requests.models import InformationRequest, RefusalBasis, RequestKind
from kirjaamo.values.language import format_day, pick
from kirjaamo.values.publicity import ClauseType

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User
    from kirjaamo.requests.arrivals import NewRequest
    from kirjaamo.values.deadlines import Deadline

ACTS = {"621/1999": {"fi": "JulkL", "sv": "OffentlighetsL", "en": "Openness Act"}}
REACHED = (ContactKind.TELEPHONE.value, ContactKind.EMAIL.value, ContactKind.SECURE_MAIL.value, ContactKind.POSTAL.value)


@dataclass(frozen=True)
class RefusalFacts:
    """What an official tells of a refusal; `tests` holds the assessment by the code of its ground."""

    basis: str
    what: str
    reason: str
    grounds: Sequence[str] = field(default_factory=tuple)
    tests: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    party: str = ""
    partial_reason: str = ""
    provisions: str = ""
    fee: str = ""

    def as_data(self) -> dict[str, Any]:
        """The facts as plain data, for keeping."""
        return asdict(self) | {"grounds": list(self.grounds), "tests": dict(self.tests)}


def authority_name(language: str) -> str:
    """The name of the information management unit."""
    return pick(ManagementUnit.objects.get().name, language)


def _day(at: dt.datetime, language: str) -> str:
    return format_day(timezone.localtime(at).date(), language)


def _label(choice: Choices, language: str) -> str:
    with translation.override(language):
        return str(choice.label)


def request_pdf(new: NewRequest, at: dt.datetime) -> bytes:
    """The request as it was received, for the case register: what was asked and by whom.

    How the asker is reached stands sealed on the request and nowhere else, so that non-disclosure hides it at once.
    """
    lang = new.language
    asker = [(told("name", lang), new.name), (told("contacts", lang), told("kept_apart", lang) if new.email or new.address else "")]
    answers = [(pick(_texts(answer.get("label", "")), lang), answer.get("value", "")) for answer in new.answers if answer.get("value")]
    parts = [
        facts(
            [
                (told("arrived", lang), f"{_day(at, lang)} {timezone.localtime(at):%H:%M}"),
                (told("way", lang), _label(Way(new.way), lang)),
                (told("kind", lang), _label(RequestKind(new.kind), lang)),
                (told("about", lang), pick(new.entry.title, lang)),
                (told("language", lang), told("language_name", lang)),
            ]
        ),
        *([heading(told("what", lang)), prose(new.what)] if new.what else []),
        *([heading(told("answers", lang)), facts(answers)] if answers else []),
        heading(told("asker", lang)),
        facts(asker) if new.name or new.email or new.address else prose(told("anonymous", lang)),
    ]
    squares = sum(typeset.replaced(text) for text in (new.what, new.name, *(value for _label_, value in answers)))
    if squares:
        parts.append(note("", told("squares", lang, count=squares)))
    letter = Letter(lang, at, told("request_title", lang), authority_name(lang), parts, unit=pick(new.entry.decided_by.title, lang))
    return letter.pdf()


def _texts(value: object) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {"fi": str(value)}


def citation(ground: SecrecyGround, language: str) -> str:
    """Cite a ground as people do: `JulkL 24 § 1 mom. 25 kohta`, in English `Openness Act, section 24(1)(25)`."""
    act = pick(ACTS.get(ground.act, {"fi": ground.act}), language)
    if language == "en":
        inner = "".join(f"({part})" for part in (ground.subsection, ground.point) if part)
        return f"{act}, section {ground.section}{inner}"
    words = {"fi": ("mom.", "kohta"), "sv": ("mom.", "punkten")}[language]
    parts = [f"{act} {ground.section} §"]
    parts += [f"{ground.subsection} {words[0]}"] if ground.subsection else []
    parts += [f"{ground.point} {words[1]}"] if ground.point else []
    return " ".join(parts)


def refusal_sections(request: InformationRequest, facts_: RefusalFacts, official: User) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each part of the refusal, in the asker's language.

    Everything that the law asks stands here, and page, message and letter are made of it. # JulkL 621/1999 § 14.2, GDPR 12(4)
    """
    lang = request.language
    kind = KINDS[request.kind]
    grounds = list(SecrecyGround.objects.filter(code__in=facts_.grounds))
    yield told("asked", lang), _asked(request, lang)
    yield told("given", lang), facts_.given or told("nothing_given", lang)
    yield told("not_given", lang), facts_.what
    yield told("why", lang), "\n\n".join([told(f"basis_{facts_.basis}", lang), facts_.reason])
    if grounds:
        yield told("grounds", lang), "\n\n".join(_ground(ground, facts_.tests.get(ground.code, ""), lang) for ground in grounds)
    if facts_.party:
        yield told("party", lang), facts_.party
    if facts_.partial_reason:
        yield told("partial", lang), facts_.partial_reason
    yield (
        told("provisions", lang),
        "; ".join([*(citation(ground, lang) for ground in grounds), kind.law, *([facts_.provisions] if facts_.provisions else [])]),
    )
    yield from _remedy(kind.remedy, lang)
    yield told("fees", lang), facts_.fee
    yield told("contact", lang), "\n".join(_contact(official, request.case.unit, lang))


def _asked(request: InformationRequest, lang: str) -> str:
    return told(
        "asked_text",
        lang,
        entry=pick(request.entry_title, lang),
        day=_day(request.received_at, lang),
        way=_label(Way(request.way), lang).lower(),
        identifier=request.case.identifier,
    )


def _ground(ground: SecrecyGround, test: str, lang: str) -> str:
    clause = ClauseType(ground.clause).label.pick(lang)
    lines = [f"{citation(ground, lang)}: {pick(ground.title, lang)}", f"{told('clause', lang)}: {clause}"]
    return "\n".join([*lines, *([f"{told('test', lang)}: {test}"] if test else [])])


def _remedy(remedy: Remedy, lang: str) -> Iterator[tuple[str, str]]:
    if remedy == Remedy.ADMINISTRATIVE_COURT:
        yield told("decision", lang), f"{told('decision_text', lang)}\n\n{told('decision_question', lang)}"
    elif remedy == Remedy.OMBUDSMAN:
        yield told("ombudsman", lang), told("ombudsman_text", lang)
    else:
        yield told("advice", lang), told("advice_text", lang)


def _contact(official: User, unit: Unit, lang: str) -> list[str]:
    """The official by name, the unit, and how they are reached: the account's address and the nearest unit's contacts."""
    lines = [official.name, pick(unit.title, lang), official.email]
    here: Unit | None = unit
    while here is not None:
        found = [pick(contact.value, lang) for contact in here.contacts.filter(kind__in=REACHED)]
        if found:
            return [line for line in [*lines, *found] if line]
        here = here.parent
    registry = Unit.objects.filter(is_registry_office=True).first()
    reached = registry.contacts.filter(kind__in=REACHED) if registry else []
    return [line for line in [*lines, *(pick(contact.value, lang) for contact in reached)] if line]


def refusal_title(facts_: RefusalFacts, lang: str) -> str:
    """What the refusal is called: of the whole or of a part."""
    return told("partly_title" if facts_.given else "refusal_title", lang)


def refusal_pdf(request: InformationRequest, facts_: RefusalFacts, *, official: User, at: dt.datetime) -> bytes:
    """The first-line refusal as a letter with its statutory content."""
    parts = [part for title, text in refusal_sections(request, facts_, official) for part in (heading(title), prose(text))]
    return letter_of(request, refusal_title(facts_, request.language), parts, official, at)


def refusal_text(request: InformationRequest, facts_: RefusalFacts, *, official: User) -> str:
    """The same as plain text, for the message to the asker."""
    body = "\n\n".join(f"{title.upper()}\n{text}" for title, text in refusal_sections(request, facts_, official))
    return f"{refusal_title(facts_, request.language)}\n\n{body}"


def letter_of(request: InformationRequest, title: str, parts: Sequence[Mapping[str, object]], official: User, at: dt.datetime) -> bytes:
    """A letter of the request's case, signed by the official, in the asker's language."""
    lang = request.language
    unit = pick(request.case.unit.title, lang)
    return Letter(
        language=lang,
        at=at,
        title=title,
        authority=pick(request.case.authority.name, lang),
        unit=unit,
        identifier=request.case.identifier,
        parts=[*parts, signature(official.name, unit)],
        footer=authority_name(lang),
    ).pdf()


def extension_text(request: InformationRequest, reason: str, deadline: Deadline) -> str:
    """Tell the asker that the time was extended, why, and both dates."""
    lang = request.language
    before = dt.date.fromisoformat(request.deadlines[0]["legal"])
    return told(
        "extension",
        lang,
        identifier=request.case.identifier,
        reason=told(f"reason_{reason}", lang),
        law=deadline.rule.legal_basis,
        legal=format_day(deadline.legal_last_day, lang),
        before=format_day(before, lang),
    )


def transfer_text(request: InformationRequest, system: Mapping[str, str], body: str) -> str:
    """Tell the asker that a part of the request went to the body that controls the data."""
    return told("transferred", request.language, system=pick(system, request.language), body=body)


def answer_pdf(request: InformationRequest, text: str, *, official: User, at: dt.datetime) -> bytes:
    """The answer as a letter, with a list of what was given."""
    lang = request.language
    rows = [
        [one.document.identifier, one.document.title, _label(Way(one.way), lang)] for one in request.deliveries.select_related("document")
    ]
    parts = [prose(text)]
    if rows:
        parts += [
            heading(told("given_documents", lang)),
            table([told("document", lang), told("title", lang), told("given_way", lang)], rows),
        ]
    return letter_of(request, told("answer_title", lang), parts, official, at)


def package_pdf(request: InformationRequest, extracts: Sequence[Extract], *, official: User, at: dt.datetime) -> bytes:
    """What the registers hold of the asker, register by register, and what was searched by hand (GDPR 15)."""
    lang = request.language
    parts = [prose(told("package_lead", lang, authority=authority_name(lang)))]
    for extract in extracts:
        parts.append(heading(pick(extract.title, lang)))
        purpose = SOURCES[extract.source].describe().purpose if extract.source in SOURCES else {}
        parts.append(facts([(told("package_purpose", lang), pick(purpose, lang))]))
        parts += list(_records(extract, lang))
    searched = [(one, one.hits) for one in request.searches.all() if one.connection != "home"]
    if searched:
        rows = [[pick(one.system_title, lang), told("not_searched", lang) if hits is None else str(hits)] for one, hits in searched]
        head = [told("system", lang), told("hits", lang)]
        parts += [heading(told("package_searches", lang)), prose(told("package_searches_text", lang)), table(head, rows)]
    parts += [heading(told("package_rights", lang)), prose(told("package_rights_text", lang))]
    return letter_of(request, told("package_title", lang), parts, official, at)


def _records(extract: Extract, lang: str) -> Iterator[Mapping[str, object]]:
    if not extract.records:
        yield prose(told("package_none", lang))
    for number, record in enumerate(extract.records, start=1):
        yield prose(told("package_record", lang, number=number))
        yield facts([(name, _written(value, lang)) for name, value in _rows(record, lang)])


def _rows(record: Mapping[str, object], lang: str) -> Iterator[tuple[str, object]]:
    """The facts of a record with what is told of the record itself before them."""
    names = {"record": told("title", lang), "case": told("package_case", lang), "made_at": told("package_made", lang)}
    for name, value in record.items():
        if name == "facts" and isinstance(value, Mapping):
            yield from ((str(label), inner) for label, inner in value.items())
        elif value or name not in names:
            made = dt.datetime.fromisoformat(value) if name == "made_at" and isinstance(value, str) else value
            yield names.get(name, str(name)), made


def _written(value: object, lang: str) -> str:
    if isinstance(value, Mapping):
        if value.keys() <= {"fi", "sv", "en"}:
            return pick({key: str(text) for key, text in value.items()}, lang)
        return "\n".join(f"{key}: {_written(item, lang)}" for key, item in value.items())
    if isinstance(value, dt.datetime):
        return f"{_day(value, lang)} {timezone.localtime(value):%H:%M}"
    if isinstance(value, dt.date):
        return format_day(value, lang)
    if isinstance(value, list | tuple):
        return "\n".join(_written(item, lang) for item in value)
    return "–" if value is None or value == "" else str(value)


def package_json(request: InformationRequest, extracts: Sequence[Extract], at: dt.datetime) -> bytes:
    """The same data for a machine."""
    body = {
        "case": request.case.identifier,
        "made_at": at.isoformat(),
        "registers": [
            {"register": one.source, "title": dict(one.title), "records": [dict(record) for record in one.records]} for one in extracts
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=str).encode()


BASES_OF_OPENNESS = (
    RefusalBasis.SECRET,
    RefusalBasis.NOT_YET_PUBLIC,
    RefusalBasis.NOT_FOUND,
    RefusalBasis.NOT_A_DOCUMENT,
    RefusalBasis.NOT_COMPILED,
    RefusalBasis.OTHER_LAW,
)
BASES_OF_GDPR = (RefusalBasis.NOT_FOUND, RefusalBasis.RESTRICTED, RefusalBasis.EXCESSIVE, RefusalBasis.SECRET, RefusalBasis.OTHER_LAW)
