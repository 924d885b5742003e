"""Sizes, signals, late imports, names of modules, docstrings, dependencies."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import ROOT, Source, program

LONGEST_FUNCTION, LONGEST_FILE = 60, 500
# What is longer than the limit, and why.
LONG_FUNCTIONS: dict[str, str] = {
    "kirjaamo/ui/samples.py:_facts_and_lists": "the style guide's examples: data without branches",
    "kirjaamo/ui/samples.py:_process": "the same",
}
LONG_FILES: dict[str, str] = {}
# Imports inside functions, and why. At most ten in all.
LATE_IMPORTS: dict[str, str] = {
    "kirjaamo/tos/guards.py:_model_sentences": "migrations import the guards before there are models",
}
MOST_LATE_IMPORTS = 10
FORBIDDEN_NAMES = {"services", "selectors", "utils", "helpers", "misc", "common_utils"}
KERNEL_LINES = 3000
IMPORTED_AS = {"psycopg_pool": "psycopg"}  # an extra of a package is imported under a name of its own


def _lines(node: ast.AST) -> int:
    """Count the lines of a function without its docstring."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def test_no_function_is_longer_than_the_limit() -> None:
    long = {
        f"{source.name}:{name}": size
        for source in program()
        for name, node in source.functions()
        if (size := _lines(node)) > LONGEST_FUNCTION
    }
    assert set(long) == set(LONG_FUNCTIONS), long


def test_no_file_is_longer_than_the_limit() -> None:
    long = {source.name: size for source in program() if (size := len(source.text.splitlines())) > LONGEST_FILE}
    assert set(long) == set(LONG_FILES), long


def test_functions_stay_small_on_the_whole() -> None:
    sizes = [_lines(node) for source in program() for _name, node in source.functions()]
    assert statistics.median(sizes) <= 8
    assert statistics.quantiles(sizes, n=10)[-1] <= 30


def _late_imports(source: Source) -> set[str]:
    """Return the functions that import something when they run; `AppConfig.ready` is Django's own place for that."""
    return {
        name
        for name, node in source.functions()
        if not name.endswith("Config.ready") and any(isinstance(part, ast.Import | ast.ImportFrom) for part in ast.walk(node))
    }


def test_late_imports_are_few_and_reasoned() -> None:
    found = {f"{source.name}:{name}" for source in program() for name in _late_imports(source)}
    assert found == set(LATE_IMPORTS)
    assert len(LATE_IMPORTS) <= MOST_LATE_IMPORTS


def test_our_modules_send_each_other_no_signals() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in program()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""))
        or (isinstance(node, ast.ImportFrom) and node.module == "django.dispatch")
    ]
    assert found == []


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [source.name for source in program() if FORBIDDEN_NAMES & {*source.path.parts, source.path.stem}] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [source.name for source in program() if not ast.get_docstring(source.tree)] == []


def test_the_kernel_stays_thin() -> None:
    kernel = [source for source in program() if source.room == "kernel" and "words" not in source.path.parts]
    assert sum(len(source.text.splitlines()) for source in kernel) <= KERNEL_LINES


@pytest.mark.parametrize("module", ["kirjaamo.values", "kirjaamo.kernel.words"])
def test_importing_it_loads_no_django(module: str) -> None:
    names = [source.path.relative_to(ROOT).with_suffix("") for source in program()]
    wanted = [".".join(name.parts) for name in names if ".".join(name.parts).startswith(module) and name.name != "__init__"]
    assert wanted
    code = f"import sys, importlib; [importlib.import_module(name) for name in {wanted!r}]; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_rules_of_registers_load_no_django() -> None:
    rules = [source for source in program() if source.room == "registers" and (source.path.stem == "rules" or "rules" in source.path.parts)]
    wanted = [".".join(source.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for source in rules]
    code = f"import sys, importlib; [importlib.import_module(name) for name in {wanted!r}]; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_imported_package_is_a_named_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {_package(line) for line in [*project["dependencies"], *project["optional-dependencies"]["finnish"]]}
    imported = {part for source in program() for part in _imported(source.tree)} - set(sys.stdlib_module_names) - {"kirjaamo"}
    owners = packages_distributions()
    missing = {name for name in imported if name not in IMPORTED_AS and not {_package(owner) for owner in owners.get(name, [name])} & named}
    assert missing == set()


def test_no_dependency_is_named_in_vain() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    owners = packages_distributions()
    text = "\n".join(source.text for source in program())
    unused = {
        package
        for package in map(_package, project["dependencies"])
        if not any(name in text for name, names in owners.items() if package in map(_package, names) and not name.startswith("_"))
    }
    assert unused == set()


def _package(requirement: str) -> str:
    """Return the plain name of a requirement."""
    name = requirement.split(";", 1)[0]
    for mark in "<>=!~[ ":
        name = name.split(mark, 1)[0]
    return name.strip().lower().replace("_", "-")


def _imported(tree: ast.AST) -> set[str]:
    """Return the top packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
