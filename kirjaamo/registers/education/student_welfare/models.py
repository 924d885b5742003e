"""The tables of the three registers, each its own, and the dated rows that they count with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel import fields
from kirjaamo.registers.education.student_welfare.appointments import GroupAppointment, PsychologyAppointment, SocialAppointment
from kirjaamo.registers.education.student_welfare.bases import (
    GROUNDS,
    SECRET,
    SPECIAL,
    ClientBase,
    ContactBase,
    DisclosureBase,
    NoteBase,
    RelationBase,
    StatementBase,
    UseBase,
    care_data,
    of_client,
)
from kirjaamo.registers.education.student_welfare.rows import Headcount, Move, SchoolDays, Staffing, StaffingNorm

__all__ = [
    "GroupAppointment", "GroupClient", "GroupDisclosure", "GroupMember", "GroupReport", "GroupStatement", "GroupUse",
    "Headcount", "Move", "PsychologyAppointment", "PsychologyClient", "PsychologyContact", "PsychologyDisclosure", "PsychologyNote",
    "PsychologyRelation", "PsychologyStatement", "PsychologyUse", "SchoolDays", "SocialAppointment", "SocialClient", "SocialContact",
    "SocialDisclosure", "SocialNote", "SocialRelation", "SocialStatement", "SocialUse", "Staffing", "StaffingNorm",
]  # fmt: skip

# School social workers (kuraattorit): the client register of social welfare -----------------------------------------------


@care_data
class SocialClient(ClientBase):
    """A client of a school social worker (kuraattorin asiakas)."""


@care_data
class SocialContact(ContactBase):
    """A contact to a school social worker."""

    client = of_client(SocialClient, "contacts")


@care_data
class SocialRelation(RelationBase):
    """The relation of a worker to a client of a school social worker."""

    client = of_client(SocialClient, "relations")


@care_data
class SocialStatement(StatementBase):
    """A statement of will in the register of school social workers."""

    client = of_client(SocialClient, "statements")


@care_data
class SocialNote(NoteBase):
    """An entry of a school social worker."""

    client = of_client(SocialClient, "notes")
    corrects = fields.Link(_("Oikaisee"), "self", null=True, blank=True, related_name="corrections", publicity=SECRET, grounds=GROUNDS)


@care_data
class SocialDisclosure(DisclosureBase):
    """A disclosure from the register of school social workers."""

    client = of_client(SocialClient, "disclosures")


@care_data
class SocialUse(UseBase):
    """A use of the register of school social workers."""

    client = of_client(SocialClient, "uses")


# Psychologists: the patient register --------------------------------------------------------------------------------------


@care_data
class PsychologyClient(ClientBase):
    """A client of a psychologist (psykologin asiakas)."""


@care_data
class PsychologyContact(ContactBase):
    """A contact to a psychologist."""

    client = of_client(PsychologyClient, "contacts")


@care_data
class PsychologyRelation(RelationBase):
    """The relation of a worker to a client of a psychologist."""

    client = of_client(PsychologyClient, "relations")


@care_data
class PsychologyStatement(StatementBase):
    """A statement of will in the register of psychologists."""

    client = of_client(PsychologyClient, "statements")


@care_data
class PsychologyNote(NoteBase):
    """An entry of a psychologist."""

    client = of_client(PsychologyClient, "notes")
    corrects = fields.Link(_("Oikaisee"), "self", null=True, blank=True, related_name="corrections", publicity=SECRET, grounds=GROUNDS)


@care_data
class PsychologyDisclosure(DisclosureBase):
    """A disclosure from the register of psychologists."""

    client = of_client(PsychologyClient, "disclosures")


@care_data
class PsychologyUse(UseBase):
    """A use of the register of psychologists."""

    client = of_client(PsychologyClient, "uses")


# The multi-professional group: the student welfare register ----------------------------------------------------------------


class GroupClient(ClientBase):
    """A student whose matter a multi-professional group handles (monialaisen asiantuntijaryhmän asia)."""

    label = _("Ryhmän asia")
    plural = _("Ryhmien asiat")


class GroupStatement(StatementBase):
    """A statement of will in the student welfare register: consents to members, consents to give data, a bar."""

    client = of_client(GroupClient, "statements")


class GroupMember(RelationBase):
    """A member of the group (ryhmän jäsen): with the student's consent only (§ 19)."""

    label = _("Ryhmän jäsen")
    plural = _("Ryhmän jäsenet")
    client = of_client(GroupClient, "relations")
    consent = fields.Link(
        _("Suostumus"),
        GroupStatement,
        null=True,
        blank=True,
        related_name="members",
        publicity=SECRET,
        grounds=GROUNDS,
        personal=SPECIAL,
    )

    class Meta(RelationBase.Meta):
        """Nobody is in the group without a consent."""

        abstract = False
        constraints = (  # type: ignore[assignment]
            *RelationBase.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(purpose="care") | Q(consent__isnull=False),
                name="a_member_of_the_group_has_a_consent",
                violation_error_message=_(
                    "Asiantuntijaryhmän jäseneksi otetaan vain opiskelijan, tai jollei hän voi arvioida asiaa, huoltajan suostumuksella "
                    "(1287/2013 14 ja 19 §)."
                ),
            ),
        )


class GroupReport(NoteBase):
    """An entry of the student welfare report (opiskeluhuoltokertomuksen merkintä)."""

    label = _("Kertomuksen merkintä")
    plural = _("Opiskeluhuoltokertomukset")
    client = of_client(GroupClient, "notes")
    corrects = fields.Link(_("Oikaisee"), "self", null=True, blank=True, related_name="corrections", publicity=SECRET, grounds=GROUNDS)


class GroupDisclosure(DisclosureBase):
    """A disclosure from the student welfare register."""

    client = of_client(GroupClient, "disclosures")


class GroupUse(UseBase):
    """A use of the student welfare register."""

    client = of_client(GroupClient, "uses")
