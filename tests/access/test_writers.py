"""Every function that writes is a registered action, and every action needs a right that some role gives.

That only `actions` modules write is held by tests/architecture/test_writers.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from kirjaamo.kernel.actions import ACTIONS
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.roles import RIGHTS
from kirjaamo.ui.access import STAFF

PACKAGE = Path(settings.PACKAGE)
KNOWN = frozenset({PUBLIC, STAFF}).union(*RIGHTS.values())


def modules() -> Iterator[Path]:
    """The modules of the rooms and registers, without tests, migrations and the supervisor, which belongs to no room."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if not {"tests", "migrations", "supervisor"} & set(parts) and path.name not in {"testing.py", "conftest.py"}:
            yield path


def test_every_room_with_writers_registers_actions() -> None:
    """Importing the `actions` modules of all rooms and registers fills the table of actions."""
    for app in (*settings.ROOMS, *settings.KIRJAAMO_REGISTERS):
        if find_spec(f"{app}.actions"):
            import_module(f"{app}.actions")
    assert len(ACTIONS) > 30
    assert {"cases.open_case", "organisation.sign_in", "documents.receive"} <= set(ACTIONS)


def test_every_action_needs_a_right_that_a_role_gives() -> None:
    """No action needs a right that nobody can hold or that is misspelt."""
    wrong = {name: info.needs for name, info in ACTIONS.items() if info.needs not in KNOWN and ".tests." not in name}
    assert wrong == {}


def test_every_right_of_a_role_is_asked_for_somewhere() -> None:
    """A right that no page and no action asks for says nothing and is to be removed."""
    sources = "\n".join(path.read_text("utf-8") for path in modules() if path.name != "roles.py")
    idle = {
        right for rights in RIGHTS.values() for right in rights if f'"{right}"' not in sources and f".{right.split('.')[1]}" not in sources
    }
    assert idle == set()


SET_BASED = {"bulk_create", "bulk_update", "update_or_create", "get_or_create"}


def _writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that write rows, by the names of the methods that do."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, on = node.func.attr, node.func.value
        saves = name == "save" and any(keyword.arg in {"force_insert", "update_fields"} for keyword in node.keywords)
        makes = name == "of" and isinstance(on, ast.Name) and on.id in row_names()
        if name in SET_BASED or saves or makes:
            yield node


def row_names() -> frozenset[str]:
    """The names of the models whose rows only actions write."""
    return frozenset(model.__name__ for model in apps.get_models() if issubclass(model, Row))


@pytest.mark.parametrize(
    "path", [path for path in modules() if path.name == "actions.py"], ids=lambda path: str(path.relative_to(PACKAGE).parent)
)
def test_every_public_function_that_writes_is_an_action(path: Path) -> None:
    """A public function of an `actions` module either bears the mark or does not write."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and any(_writes(node)):
            marks = {mark.func.id for mark in node.decorator_list if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name)}
            assert marks & {"action", "kernel_action"}, f"{path.name}:{node.lineno} {node.name} writes and is no action"
            assert "actor" in {argument.arg for argument in node.args.kwonlyargs}, f"{node.name} does not take its actor"
