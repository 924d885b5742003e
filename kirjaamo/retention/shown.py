"""How clocks are said: a badge, a sentence, and how the last day was reckoned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.retention.models import ClockKind
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, DeadlineStep
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.retention.inputs import Value
    from kirjaamo.retention.models import ClockFacts, RetentionClock
    from kirjaamo.tos.models import Node
    from kirjaamo.ui.languages import Text
    from kirjaamo.ui.parts import Tone

TONES: dict[str, Tone] = {"waiting": "warning", "running": "info", "permanent": "neutral"}


def badge(clock: ClockFacts, on: dt.date) -> Badge:
    """The state of a clock on a day, in a word; a hold comes before it."""
    if clock.held:
        return Badge(_("Hävittämiskielto"), "danger")
    if clock.last_day is not None and clock.last_day < on:
        return Badge(_("Erääntynyt"), "success")
    return Badge(str(ClockKind(clock.state).label), TONES[clock.state])


def sentence(clock: ClockFacts, names: Mapping[str, Text], on: dt.date) -> str:
    """What a clock says, in one sentence."""
    if clock.state == ClockKind.PERMANENT:
        return _("Säilytetään pysyvästi.")
    if clock.last_day is not None:
        pattern = _("Säilytysaika päättyi %s.") if clock.last_day < on else _("Säilytetään %s saakka.")
        return pattern % day(clock.last_day)
    if clock.node_id is None:
        return _("Suunnitelma ei kerro säilytysaikaa: asiakirja ei vastaa mitään suunnitelman kohtaa.")
    return _("Odottaa tapahtumaa: %s.") % name_of(clock.trigger, names)


def name_of(trigger: str, names: Mapping[str, Text]) -> str:
    """The name of a trigger in the language of the page, with a small letter within a sentence."""
    name = pick(names.get(trigger, trigger)).text
    return name[:1].lower() + name[1:]


def steps(clock: RetentionClock, names: Mapping[str, Text]) -> list[DeadlineStep]:
    """How the last day came to be: the trigger, the day from which the years count, the last day, the first day after it."""
    node = clock.node
    if node is None or clock.trigger_on is None or clock.start_on is None or clock.last_day is None:
        return []
    told = [DeadlineStep(clock.trigger_on, pick(names.get(clock.trigger, clock.trigger)).text)]
    if clock.start_on != clock.trigger_on:
        told.append(DeadlineStep(clock.start_on, _("Vuodet lasketaan vuoden tai tilikauden lopusta")))
    if node.retention_years is not None:
        years = ngettext("%s vuosi", "%s vuotta", node.retention_years) % node.retention_years
        told.append(DeadlineStep(clock.last_day, _("Säilytysaika %s; viimeinen päivä") % years, node.retention_basis))
    told.append(DeadlineStep(clock.may_go_from, _("Ensimmäinen päivä, jona asiakirjan voi hävittää tai siirtää")))
    return told


def rule_words(node: Node, names: Mapping[str, Text]) -> str:
    """The rule of a node in words: how long, from what, and what is decided of archiving."""
    if node.retention_mode == "permanent":
        said = _("pysyvästi")
    elif node.retention_mode == "event":
        said = _("kunnes: %s") % name_of(node.retention_trigger, names)
    else:
        years = ngettext("%s vuosi", "%s vuotta", node.retention_years or 0) % node.retention_years
        said = _("%(years)s, alkaa: %(trigger)s") % {"years": years, "trigger": name_of(node.retention_trigger, names)}
    return _("%s; arkistoidaan") % said if node.archiving == "archive" else said


def value_words(value: Value | None, names: Mapping[str, Text]) -> str:
    """What a reckoned clock says, in a few words."""
    if value is None:
        return "–"
    state, _node, trigger, _trigger_on, _start_on, last_day = value[:6]
    if last_day is not None:
        return _("%s saakka") % day(last_day)
    return _("pysyvästi") if state == ClockKind.PERMANENT else _("odottaa: %s") % name_of(trigger, names)
