"""When a document becomes public: the event that the act names for each kind of document (JulkL 621/1999 § 6–7)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kirjaamo.values.language import Text3


class PublicStart(StrEnum):
    """The event from which a document is public, unless it is secret."""

    RECEIVED = "received"
    OPENED = "opened"
    CONTRACT = "contract"
    SIGNED = "signed"
    READY = "ready"
    CHECKED = "checked"
    CASE_CLOSED = "case_closed"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _LABELS[self]

    @property
    def law(self) -> str:
        """The section that names the event."""
        return "JulkL 621/1999 7 §" if self in {PublicStart.RECEIVED, PublicStart.OPENED} else "JulkL 621/1999 6 §"


_LABELS = {
    PublicStart.RECEIVED: Text3("Kun viranomainen on saanut sen", "När myndigheten har fått den", "When the authority has received it"),
    PublicStart.OPENED: Text3("Kun se on avattu määrättynä aikana", "När den har öppnats vid utsatt tid", "When it has been opened"),
    PublicStart.CONTRACT: Text3("Kun sopimus on tehty", "När avtalet har ingåtts", "When the contract has been made"),
    PublicStart.SIGNED: Text3("Kun se on allekirjoitettu", "När den har undertecknats", "When it has been signed"),
    PublicStart.READY: Text3("Kun se on valmis", "När den är färdig", "When it is ready"),
    PublicStart.CHECKED: Text3("Kun se on tarkastettu ja allekirjoitettu", "När det har justerats", "When it has been checked and signed"),
    PublicStart.CASE_CLOSED: Text3(
        "Kun asia on käsitelty loppuun", "När ärendet har slutbehandlats", "When handling of the case has ended"
    ),
}

# Kinds by the type of the plan. A document of our own of any other kind is public when it is signed (§ 6.1).
READY_TYPES = frozenset({"budget", "evaluation", "financial_statements", "guidance", "price_list", "programme"})
CHECKED_TYPES = frozenset({"minutes"})
TENDER_TYPES = frozenset({"procurement_rectification", "supplement", "tender"})
PREPARATORY_TYPES = frozenset({"calculation", "explanation", "preparation"})
_OWN: Mapping[PublicStart, frozenset[str]] = {
    PublicStart.READY: READY_TYPES,
    PublicStart.CHECKED: CHECKED_TYPES,
    PublicStart.CONTRACT: TENDER_TYPES,
    PublicStart.CASE_CLOSED: PREPARATORY_TYPES,
}
AT_THE_LATEST_WHEN_CLOSED = frozenset({PublicStart.SIGNED, PublicStart.READY, PublicStart.CHECKED, PublicStart.CASE_CLOSED})
"""Events that the end of the case stands in for: what never was signed or checked is public when handling has ended (§ 6.1)."""


def public_start(type_code: str, *, incoming: bool, waits: bool = False, sealed: bool = False) -> PublicStart:
    """Tell which event makes a document of a type public.

    A tender and what supplements it: when the contract is made (§ 7.2). What the plan holds back (`waits`): when the case ends.
    What arrived: on receipt, or, when it is to be opened at a set time (`sealed`), after its opening (§ 7). Of our own documents
    each kind has its event (§ 6).
    """
    if type_code in TENDER_TYPES:
        return PublicStart.CONTRACT
    if waits:
        return PublicStart.CASE_CLOSED
    if sealed:
        return PublicStart.OPENED
    if incoming:
        return PublicStart.RECEIVED
    return next((start for start, types in _OWN.items() if type_code in types), PublicStart.SIGNED)
