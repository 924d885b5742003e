"""The rule "only actions write", as a reader of syntax trees.

A write is a call of a method that changes rows, on something that is a row or a set of rows. Trees know no types, so
what is written to is judged by its form: `Case.objects.create(…)`, `case.save()`, `rows.filter(…).delete()` are writes;
`seen.update(…)` on a plain dict, `path.delete()` on a storage are not recognised as such, nor is
`workbook.save(path)`: a row takes no positional arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "pour", "save", "asave", "acreate", "abulk_create"}
ON_ROWS = {"create", "update", "delete", "add", "remove", "set", "clear", "adelete", "aupdate"}
MAKES_ROWS = {
    "filter", "exclude", "all", "get", "select_for_update", "order_by", "select_related", "using", "annotate", "distinct", "first", "last",
}  # fmt: skip
SQL = ("insert ", "update ", "delete ", "truncate ", "merge ")


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and form of every write."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if (
                (name in ALWAYS and not (name == "save" and node.args))
                or (name in ON_ROWS and _is_rows(node.func.value))
                or (name == "delete" and _is_bare(node))
            ):
                yield node.lineno, f".{name}("
            elif name in {"execute", "executemany", "copy"} and _sql(node).startswith(SQL):
                yield node.lineno, _sql(node).split(" ", 1)[0]


def _is_rows(node: ast.expr) -> bool:
    """Tell whether the expression is a manager or made from one."""
    if isinstance(node, ast.Attribute):
        return node.attr in {"objects", "_default_manager", "_base_manager"} or node.attr.endswith("_set")
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (node.func.attr in MAKES_ROWS or _is_rows(node.func.value))
    )


def _is_bare(call: ast.Call) -> bool:
    """Tell whether it is `something.delete()` without arguments: a row, or a set of rows in a variable."""
    return not call.args and not call.keywords


def _sql(call: ast.Call) -> str:
    """Return the beginning of a literal statement, lower-cased and with single spaces."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr) and first.values:
        first = first.values[0]
    value = first.value if isinstance(first, ast.Constant) else ""
    return " ".join(str(value).lower().split()) + " " if value else ""
