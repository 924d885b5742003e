"""What a case page tells of the decisions of the case, and the way to prepare one. Imported at start-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.cases.parts import CasePart, case_part
from kirjaamo.decisions.models import SOURCE, Decision, DecisionState
from kirjaamo.ui.parts import Action, Badge, ListRow
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.parts import Tone

TONES: dict[str, Tone] = {"draft": "warning", "made": "success", "appealed": "info"}


@case_part(SOURCE)
def part_of_case(told: Whole, refs: Sequence[int], actor: Actor) -> CasePart | None:
    """The decisions of the case (one statement when there are any), and the act to prepare one or go on with a draft."""
    if not actor.may("cases.read"):
        return None
    found = list(Decision.objects.filter(pk__in=refs)) if refs else []
    return CasePart(gettext_lazy("Päätökset"), rows=[row_of(one) for one in found], acts=_acts(told, found))


def row_of(decision: Decision) -> ListRow:
    """A decision by its title, section number and state."""
    meta = [str(decision), moment(decision.made_at)] if decision.made_at else []
    badge = Badge(str(DecisionState(decision.state).label), TONES[decision.state])
    return ListRow(decision.title, decision.get_absolute_url(), meta=[part for part in meta if part], badge=badge)


def _acts(told: Whole, found: Sequence[Decision]) -> list[Action]:
    if told.case.is_closed:
        return []
    draft = next((one for one in found if one.is_draft), None)
    if draft is not None:
        return [Action(_("Jatka päätösluonnosta"), draft.get_absolute_url())]
    return [Action(_("Valmistele päätös"), reverse("decision_new", args=[told.case.address]))]
