"""In the registers and their mechanisms a rule that refuses names the section of law or the dated row behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import program

ROOMS = {"registers", "mechanisms"}
GOOD = [
    "raise Refused(_('Enintään 20 h'), code='a.b', section='TTA 1/2000 § 2')",
    "raise Refused(said(problem), code='a.b', section=problem.source, field='x')",
    "raise OutOfOrder(_('Päätetty'), code='a.b')",
    "raise BadInput(_('Kirjaa päivä'), code='a.b')",
]
BAD = [
    "raise Refused(_('Enintään 20 h'), code='a.b')",
    "raise errors.Refused(_('Ei'), code='a.b', section='')",
    "return Refused(text, code=code)",
]


def unsupported(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the refusals of rules that name nothing; `OutOfOrder` and `BadInput` say by their kind that no rule refused."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "Refused" and not _names_its_source(node):
            yield node


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _names_its_source(call: ast.Call) -> bool:
    found = [word.value for word in call.keywords if word.arg == "section"]
    return bool(found) and not (isinstance(found[0], ast.Constant) and not found[0].value)


@pytest.mark.parametrize("line", GOOD)
def test_the_rule_passes_what_names_its_source(line: str) -> None:
    assert not list(unsupported(ast.parse(f"def f():\n {line}")))


@pytest.mark.parametrize("line", BAD)
def test_the_rule_sees_what_names_nothing(line: str) -> None:
    assert list(unsupported(ast.parse(f"def f():\n {line}")))


def test_every_refusal_of_a_rule_in_a_register_names_its_section_or_row() -> None:
    found = [f"{source.name}:{call.lineno}" for source in program() if source.room in ROOMS for call in unsupported(source.tree)]
    assert found == []
