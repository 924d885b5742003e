"""The plan in files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from kirjaamo.tos.exporting.files import as_csv, as_json, as_pdf, as_xlsx
from kirjaamo.tos.models import ClassRevision, Node
from kirjaamo.tos.norms import Known, known
from kirjaamo.tos.outline import Outline, outline
from kirjaamo.tos.pages.revision import found
from kirjaamo.ui.access import page

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}


@page(needs="tos.read")
def whole(request: HttpRequest, form: str) -> HttpResponse:
    """Give every class in force (three statements beside the norms)."""
    del request
    codes = known()
    rows = list(ClassRevision.objects.in_force(timezone.localdate()).order_by("code").select_related("parent"))
    nodes: dict[int, list[Node]] = {row.pk: [] for row in rows}
    for node in Node.objects.filter(revision__in=list(nodes)).order_by("revision", "order"):
        nodes[node.revision_id].append(node)
    return _file(form, [outline(row, codes, nodes[row.pk]) for row in rows], codes, "suunnitelma")


@page(needs="tos.read")
def one(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give one revision."""
    del request
    held, codes = found(pk), known()
    return _file(form, [outline(held, codes)], codes, f"luokka-{held.slug}-v{held.number}")


def _file(form: str, trees: Sequence[Outline], codes: Known, name: str) -> HttpResponse:
    on = timezone.localdate()
    parents = dict(ClassRevision.objects.in_force(on).values_list("function_class_id", "code"))
    make: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv(trees, parents),
        "xlsx": lambda: as_xlsx(trees, parents),
        "json": lambda: as_json(trees, parents, on),
        "pdf": lambda: as_pdf(trees, codes, on),
    }
    if form not in make:
        raise Http404
    response = HttpResponse(make[form](), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
