"""Roles and the rights that each gives. A right is named `room.verb`; a page or action names the right it needs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of an authority's people."""

    REGISTRAR = "registrar", _("Kirjaaja")
    HANDLER = "handler", _("Käsittelijä")
    DECIDER = "decider", _("Päättäjä")
    REGISTER_WORKER = "register_worker", _("Rekisterin käsittelijä")
    RECORDS_MANAGER = "records_manager", _("Tiedonohjauksen asiantuntija")
    INFORMATION_MANAGER = "information_manager", _("Tiedonhallinnan asiantuntija")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Tietosuojavastaava")
    ADMINISTRATOR = "administrator", _("Pääkäyttäjä")
    SCHOOL_SOCIAL_WORKER = "school_social_worker", _("Kuraattori")
    SCHOOL_PSYCHOLOGIST = "school_psychologist", _("Koulupsykologi")
    STUDENT_WELFARE_MEMBER = "student_welfare_member", _("Opiskeluhuollon asiantuntijaryhmän jäsen")
    STUDENT_WELFARE_LEAD = "student_welfare_lead", _("Opiskeluhuollon rekisterien vastuuhenkilö")


PARTIES = frozenset({"subjects.write", "subjects.open"})
"""The rights of those who work with parties of cases: to record them, and to open with a trace what is masked of them."""

RIGHTS: dict[Role, frozenset[str]] = {
    Role.REGISTRAR: PARTIES
    | frozenset(
        {
            "subjects.merge",
            "cases.read",
            "cases.register",
            "boxes.mind",
            "requests.read",
            "requests.receive",
            "requests.route",
            "catalog.read",
        }
    ),
    Role.HANDLER: PARTIES
    | frozenset(
        {
            "cases.read",
            "cases.handle",
            "cases.move",
            "retention.tell",
            "requests.read",
            "requests.receive",
            "requests.answer",
            "documents.write",
            "catalog.read",
        }
    ),
    Role.DECIDER: PARTIES
    | frozenset(
        {
            "cases.read",
            "cases.handle",
            "cases.move",
            "retention.tell",
            "cases.decide",
            "requests.read",
            "requests.receive",
            "requests.answer",
            "requests.decide",
            "documents.write",
            "catalog.read",
        }
    ),
    Role.REGISTER_WORKER: PARTIES
    | frozenset(
        {
            "cases.read",
            "cases.handle",
            "cases.move",
            "retention.tell",
            "documents.write",
            "registers.read",
            "registers.write",
            "registers.decide",
            "catalog.read",
        }
    ),
    Role.RECORDS_MANAGER: frozenset(
        {
            "norms.edit",
            "cases.read",
            "cases.move",
            "retention.read",
            "retention.tell",
            "retention.hold",
            "retention.campaign",
            "catalog.read",
            "tos.read",
            "tos.edit",
            "tos.approve",
        }
    ),
    Role.INFORMATION_MANAGER: frozenset(
        {"cases.read", "catalog.read", "catalog.edit", "catalog.import", "catalog.publish", "requests.read", "requests.route", "tos.read"}
    ),
    # The officer oversees and does not decide requests (GDPR 38(6), C-453/21).
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {"catalog.read", "requests.read", "cases.read", "journal.read", "use_log.read", "retention.read", "tos.read"}
    ),
    # An administrator manages accounts and settings; the content of cases is not theirs to read.
    Role.ADMINISTRATOR: frozenset({"organisation.manage", "boxes.mind", "catalog.read", "journal.read"}),
    # Three registers that never merge: a right to one opens nothing of another, and none opens a narrative without a client relation.
    Role.SCHOOL_SOCIAL_WORKER: frozenset({"student_welfare.work", "student_welfare.social_work", "student_welfare.group"}),
    Role.SCHOOL_PSYCHOLOGIST: frozenset({"student_welfare.work", "student_welfare.psychology", "student_welfare.group"}),
    Role.STUDENT_WELFARE_MEMBER: frozenset({"student_welfare.work", "student_welfare.group"}),
    Role.STUDENT_WELFARE_LEAD: frozenset(
        {
            "student_welfare.work",
            "student_welfare.lead",
            "student_welfare.social_work",
            "student_welfare.psychology",
            "student_welfare.group",
        }
    ),
}
"""Rights are code: each is asked for by name somewhere, and a test compares the two."""

WHOLE_AUTHORITY = frozenset(
    {Role.REGISTRAR, Role.RECORDS_MANAGER, Role.INFORMATION_MANAGER, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR}
)
"""Roles that serve all units; the others are given for a unit, a class or a register."""
