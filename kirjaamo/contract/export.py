"""A list as a file: CSV, XLSX or JSON. What a reader may not see is masked here as on the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from openpyxl import Workbook

from kirjaamo.contract import derived

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor

MOST = 100_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(model: type[Record], rows: QuerySet[Any], actor: Actor) -> Iterator[list[str]]:
    """Header and rows as text."""
    fields = derived.own_fields(model)
    yield [*(str(field.verbose_name) for field in fields), _("Asia"), _("Mitätöity")]
    for row in rows.order_by("pk")[:MOST].iterator(chunk_size=2000):
        cells = [derived.in_words(row, field) if derived.may_see(field, model, actor) else derived.MASK for field in fields]
        yield [*cells, row.case.identifier if row.case else "", derived.value_in_words(row.voided_at) if row.voided_at else ""]


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    def write(self, value: str) -> str:
        return value


def as_csv(register: Register, model: type[Record], rows: QuerySet[Any], actor: Actor) -> HttpResponseBase:
    """Comma-separated, UTF-8 with a mark for spreadsheets, streamed."""
    writer = csv.writer(_Echo())
    lines = (writer.writerow([_inert(cell) for cell in line]) for line in table(model, rows, actor))
    return _named(StreamingHttpResponse(_marked(lines), content_type="text/csv; charset=utf-8"), register, "csv")


def _marked(lines: Iterator[Any]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def as_json(register: Register, model: type[Record], rows: QuerySet[Any], actor: Actor) -> HttpResponseBase:
    """A list of objects by field name."""
    names = [field.name for field in derived.own_fields(model)] + ["case", "voided"]
    body = table(model, rows, actor)
    next(body)
    found = [dict(zip(names, line, strict=True)) for line in body]
    return _named(HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type="application/json"), register, "json")


def as_xlsx(register: Register, model: type[Record], rows: QuerySet[Any], actor: Actor) -> HttpResponseBase:
    """A workbook of one sheet, all cells text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(model.label)[:31])
    for line in table(model, rows, actor):
        sheet.append([_inert(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _named(HttpResponse(out.getvalue(), content_type=kind), register, "xlsx")


def _named(response: HttpResponseBase, register: Register, ending: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{register.slug}.{ending}"'
    return response


EXPORTS: dict[str, Callable[[Register, type[Record], QuerySet[Any], Actor], HttpResponseBase]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
}
