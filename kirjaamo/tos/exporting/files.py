"""Outlines as files. CSV and Excel hold the table that can be brought back; JSON the whole content with the resolved rules."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kirjaamo.tos.outline import Outline, content_of
from kirjaamo.tos.pages.shown import CHOICES, KIND_NAMES, retention_words, validity
from kirjaamo.tos.table import COLUMNS, rows_of
from kirjaamo.ui.languages import active_language, pick

if TYPE_CHECKING:
    from kirjaamo.tos.norms import Known

TYPESET = "kirjaamo.documents.typeset.make_pdf"
"""The maker of PDFs stands in a room above; the setting KIRJAAMO_TYPESET may name another."""


def as_csv(trees: Iterable[Outline], codes: Mapping[int, str]) -> bytes:
    """The table with semicolons and a byte-order mark, as spreadsheets here expect it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows_of(trees, codes))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(trees: Iterable[Outline], codes: Mapping[int, str]) -> bytes:
    """The table as the one sheet of a workbook; every cell is text."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "TOS"
    sheet.append(list(COLUMNS))
    for row in rows_of(trees, codes):
        sheet.append([row[name] for name in COLUMNS])
    for number in range(1, len(COLUMNS) + 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(trees: Sequence[Outline], codes: Mapping[int, str], on: dt.date) -> bytes:
    """The content of every class with its revision, validity, hash and resolved rules."""
    classes = [
        {
            **content_of(tree),
            "parent_code": codes.get(tree.revision.parent_id or 0),
            "number": tree.revision.number,
            "state": tree.revision.state,
            "valid_from": tree.revision.valid_from,
            "valid_to": tree.revision.valid_to,
            "content_hash": tree.revision.content_hash,
        }
        for tree in trees
    ]
    told = {"format": "kirjaamo-plan-1", "on": on, "classes": classes}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()


def as_pdf(trees: Sequence[Outline], known: Known, on: dt.date) -> bytes:
    """The plan as a tagged PDF that a person would file."""
    classes = [
        {
            "code": tree.revision.code,
            "title": pick(tree.revision.title).text,
            "description": pick(tree.revision.description).text,
            "validity": validity(tree.revision),
            "nodes": [
                {
                    "depth": place.depth,
                    "kind": str(KIND_NAMES[place.node.kind]),
                    "title": pick(place.node.title).text,
                    "publicity": pick(CHOICES["publicity"].get(place.rule["publicity"], "")).text if place.is_document else "",
                    "grounds": ", ".join(known.names.get(code, code) for code in place.rule["grounds"]) if place.is_document else "",
                    "retention": retention_words(place.rule, known) if place.is_document else "",
                    "archiving": pick(CHOICES["archiving"][place.rule["archiving"]]).text if place.is_document else "",
                }
                for place in tree
            ],
        }
        for tree in trees
    ]
    data = {
        "lang": active_language(),
        "date": on.isoformat(),
        "title": _("Tiedonohjaussuunnitelma"),
        "heads": [_("Kohta"), _("Julkisuus"), _("Säilytys"), _("Arkistointi")],
        "classes": classes,
    }
    make = import_string(getattr(settings, "KIRJAAMO_TYPESET", TYPESET))
    return bytes(make("plan", data, root=Path(__file__).parents[1] / "typst"))
