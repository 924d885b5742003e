"""What the reading credential of the public process may read: the one list. A column that is not here it cannot read.

Three kinds: the tables of the public face; mirrors in its schema of tables whose open rows are public (drafts and what only staff
find stay behind); and tables that are public as a whole, column by column. A test holds every column of every named table
against this list, so that a new column is decided before it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

READER, TAKER = "kirjaamo_public", "kirjaamo_arrivals"


@dataclass(frozen=True)
class Mirror:
    """The open rows of a table, under the same name in the schema of the public face, with some columns emptied.

    `rows` is the condition on a row `r`; `empty` gives the columns that are not public what stands there instead;
    `below` names a mirror whose rows depend on a row of this one, by its column.
    """

    table: str
    rows: str
    empty: Mapping[str, str] = field(default_factory=dict)
    below: tuple[str, str] | None = None


OF_APPROVED = "EXISTS (SELECT 1 FROM public.tos_classrevision v WHERE v.id = r.revision_id AND v.state IN ('approved', 'retired'))"
MIRRORS = [
    Mirror("kernel_searchrow", "r.open AND r.needs = ''"),
    Mirror("tos_node", OF_APPROVED),
    Mirror(
        "tos_classrevision",
        "r.state IN ('approved', 'retired')",
        {"internal": "''", "change_note": "''", "drafted_by": "''", "edited_by": "'[]'::jsonb", "approved_by": "''"},
        below=("tos_node", "revision_id"),
    ),
    Mirror("catalog_publication", "true", {"published_by": "''", "acknowledged": "'[]'::jsonb", "gate": "'{}'::jsonb", "note": "''"}),
    Mirror("catalog_informationsystem", "true", {"feeder": "''"}),
    Mirror("tos_planedition", "true", {"made_by": "''"}),
]
"""Registers add those of their kinds that the public site reads (`contract.on_site`)."""

_ENTRY = (
    "id", "slug", "title", "names", "purpose", "description", "decided_by_id", "access", "access_grounds", "access_note", "retention_note",
    "since", "route", "source", "order", "pack_digest",
)  # fmt: skip
_DATED = ("id", "valid_from", "valid_to", "sure", "source", "note")
_ABOUT = ("id", "resource_id", "system_id", "register_id", "order")
OPEN: Mapping[str, tuple[str, ...]] = {
    "catalog_publicentry": ("id", "kind", "slug", "order", "content", "digest"),
    "catalog_informationresource": (*_ENTRY, "unit_id", "city_wide", "stub", "stub_reason", "part_of_id"),
    "catalog_informationresource_systems": ("id", "informationresource_id", "informationsystem_id"),
    "catalog_dataset": (*_ENTRY, "resource_id", "left_out"),
    "catalog_dataset_systems": ("id", "dataset_id", "informationsystem_id"),
    "catalog_personaldataregister": (*_ENTRY, "unit_id", "controller", "controller_note", "notice", "notice_url", "state", "state_note"),
    "catalog_personaldataregister_systems": ("id", "personaldataregister_id", "informationsystem_id"),
    "catalog_searchkey": (*_ABOUT, "kind", "label", "question", "origin", "secret", "needed"),
    "tos_functionclass": ("id", "uid"),
    "tos_functionclass_successors": ("id", "from_functionclass_id", "to_functionclass_id"),
    "tos_codevalue": ("id", "list_name", "code", "label", "jhs191", "sahke2", "ahjo", "names", "note", "order", "valid_from", "valid_to"),
    "tos_editionrow": ("id", "edition_id", "code", "title", "revision_id", "content_hash"),
    "norms_statute": (*_DATED, "number", "title", "short", "url"),
    "norms_secrecyground": (
        *_DATED, "code", "act", "section", "subsection", "point", "title", "clause", "end_rule", "end_years", "fallback_years", "end_event",
        "while_in_use", "relevance",
    ),
    "norms_deadlineterm": (*_DATED, "code", "title", "amount", "unit", "rolls", "closes", "starts", "legal_basis"),
    "norms_fee": (*_DATED, "code", "title", "amount", "per", "kind", "legal_basis", "proposed", "order"),
    "organisation_managementunit": (
        "id", "slug", "name", "business_id", "kind", "languages", "case_pattern", "office_hours", "look", "duties", "sources",
    ),
    "organisation_authority": ("id", "management_unit_id", "identifier", "name"),
    "organisation_unit": (
        "id", "slug", "title", "short", "parent_id", "authority_id", "body", "tasks", "tasks_source", "decides", "is_registry_office",
        "order", "above",
    ),
    "organisation_contact": ("id", "unit_id", "kind", "value", "note", "serves", "sign_ins", "hours", "order"),
    "organisation_externalbody": ("id", "slug", "title", "note", "request_contact"),
}  # fmt: skip
