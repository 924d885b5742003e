"""Clocks of retention, holds that keep things from destruction, and campaigns that lay a newer rule on older cases."""

from __future__ import annotations

from kirjaamo.retention.models.campaigns import Campaign, CampaignRule, CampaignState, Effect
from kirjaamo.retention.models.clocks import ClockFacts, ClockKind, ClockReason, ClockValue, RetentionClock, TriggerEvent
from kirjaamo.retention.models.holds import Hold, HoldItem, HoldKind
from kirjaamo.retention.models.spreading import Spreading

__all__ = [
    "Campaign",
    "CampaignRule",
    "CampaignState",
    "ClockFacts",
    "ClockKind",
    "ClockReason",
    "ClockValue",
    "Effect",
    "Hold",
    "HoldItem",
    "HoldKind",
    "RetentionClock",
    "Spreading",
    "TriggerEvent",
]
