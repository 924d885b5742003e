"""The source files of the program, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kirjaamo"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module of the program: its path from the checkout, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path as it is written in exception lists."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The room that the module belongs to."""
        return self.path.relative_to(PACKAGE).parts[0]

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Yield every function with its name, methods as `Class.method`."""
        yield from _functions(self.tree, "")


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def is_test(path: Path) -> bool:
    """Tell whether the file only runs in tests."""
    return "tests" in path.parts or path.name in {"tests.py", "testing.py", "conftest.py"}


@cache
def program() -> tuple[Source, ...]:
    """Return the program's own modules: no tests, no migrations."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if not is_test(path.relative_to(ROOT)) and "migrations" not in path.parts)
    return tuple(Source(path, text := path.read_text("utf-8"), ast.parse(text)) for path in paths)


@cache
def tests() -> tuple[Source, ...]:
    """Return the modules that only run in tests."""
    paths = (path for folder in (PACKAGE, ROOT / "tests") for path in sorted(folder.rglob("*.py")) if is_test(path.relative_to(ROOT)))
    return tuple(Source(path, text := path.read_text("utf-8"), ast.parse(text)) for path in paths)
