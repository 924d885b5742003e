"""Every act that a person may do on a case now, one click from its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases.models import EnquiryKind
from kirjaamo.ui.parts import Action

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.kernel.actors import Actor


@dataclass(frozen=True)
class Group:
    """Acts of one purpose under a heading."""

    title: str
    acts: Sequence[Action]


def section(seen: Seen) -> dict[str, object]:
    """The commonest acts under the title, all of them in groups beside the page; none for who stepped aside."""
    case, actor = seen.case, seen.actor
    repairs = _repairs(case, actor)
    if seen.whole.barred or not seen.may_handle:
        return {"actions": [], "groups": _lifting(seen) if seen.whole.barred else repairs, "barred": seen.whole.barred}
    above = [act for part in seen.parts for act in part.acts]
    if case.is_closed:
        return {"actions": [], "groups": [Group(_("Päättynyt asia"), [*_closed(case), *above])], "barred": False}
    groups = [
        Group(_("Käsittely"), _handling(case, actor)),
        Group(_("Selvittäminen"), _asking(case)),
        Group(_("Ratkaisu ja päättyminen"), [*above, *_ending(case)]),
    ]
    return {"actions": _first(case, actor, above), "groups": [*groups, *_lifting(seen), *repairs], "barred": False}


def _lifting(seen: Seen) -> list[Group]:
    """The declarations of disqualification that may have been mistaken: one's own, or those of colleagues."""
    mine = getattr(seen.actor, "pk", None)
    told = [one for one in seen.whole.declared if not seen.whole.barred or one["user"] == mine]
    acts = [Action(_("Oikaise: %(name)s") % {"name": one["name"]}, _to("case_qualify", seen.case, one["pk"])) for one in told]
    return [Group(_("Esteellisyysilmoitukset"), acts)] if acts else []


def _repairs(case: Case, actor: Actor) -> list[Group]:
    """What a registrar may correct of an open case."""
    if case.is_closed or not actor.may("cases.register", case):
        return []
    return [
        Group(
            _("Kirjaamo"), [Action(_("Korjaa kirjausta"), _to("case_repair", case)), Action(_("Mitätöi kirjaus"), _to("case_void", case))]
        )
    ]


def _to(route: str, case: Case, *more: object) -> str:
    return reverse(route, args=[case.address, *more])


def _mine(case: Case, actor: Actor) -> bool:
    return case.handler_id is not None and getattr(actor, "pk", None) == case.handler_id


def _first(case: Case, actor: Actor, above: Sequence[Action]) -> list[Action]:
    mine = _mine(case, actor)
    taking = [] if mine else [Action(_("Ota käsittelyyn"), _to("case_take", case), kind="primary", icon="check")]
    return [
        *taking,
        Action(_("Kirjaa toimenpide"), _to("case_record", case), kind="primary" if mine else "secondary"),
        Action(_("Lisää asiakirja"), _to("case_document", case)),
        *above[:1],
    ]


def _handling(case: Case, actor: Actor) -> list[Action]:
    taking = [] if _mine(case, actor) else [Action(_("Ota käsittelyyn"), _to("case_take", case))]
    return [
        *taking,
        Action(_("Kirjaa toimenpide"), _to("case_record", case)),
        Action(_("Lisää asiakirja"), _to("case_document", case)),
        Action(_("Laadi kirje"), _to("letter", case)),
        Action(_("Anna tehtävä"), _to("case_task", case)),
        Action(_("Aloita osakäsittely"), _to("case_divide", case)),
        Action(_("Muuta määräpäivää"), _to("case_reschedule", case)),
        Action(_("Siirrä toiselle käsittelijälle"), _to("case_hand_over", case)),
        Action(_("Liitä toiseen asiaan"), _to("case_link", case)),
        Action(_("Ilmoita esteellisyys"), _to("case_disqualify", case)),
    ]


def _asking(case: Case) -> list[Action]:
    return [
        Action(_("Pyydä täydennystä"), _to("case_enquire", case, EnquiryKind.SUPPLEMENT)),
        Action(_("Kuule asianosaista"), _to("case_enquire", case, EnquiryKind.HEARING)),
        Action(_("Jätä kuulematta"), _to("case_unheard", case)),
        Action(_("Pyydä selvitystä"), _to("case_enquire", case, EnquiryKind.CLARIFICATION)),
        Action(_("Pyydä lausuntoa"), _to("case_enquire", case, EnquiryKind.STATEMENT)),
    ]


def _ending(case: Case) -> list[Action]:
    return [
        Action(_("Siirrä toiselle viranomaiselle"), _to("case_transfer", case)),
        Action(_("Päätä asia"), _to("case_close", case)),
    ]


def _closed(case: Case) -> list[Action]:
    return [Action(_("Avaa uudelleen"), _to("case_reopen", case)), Action(_("Liitä toiseen asiaan"), _to("case_link", case))]
