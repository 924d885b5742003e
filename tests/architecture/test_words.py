"""The glossary names every model and enumeration; the settings page names every variable; nothing names the makers' machines."""

from __future__ import annotations

import ast
import re
import subprocess

from django.apps import apps

from tests.architecture.sources import ROOT, program

ENUMERATIONS = {"TextChoices", "IntegerChoices", "StrEnum", "IntEnum", "Enum", "Flag", "IntFlag"}
VARIABLE = re.compile(r"""(?:environ(?:\.get\(|\[)|environment\.\w+\(|\btext\()\s*["']([A-Z][A-Z_]+)["']""")
NOT_FOR_OPERATORS = {"DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE"}  # of Django, set by our own commands
FOREIGN = re.compile(r"(?<![\w.])/(?:root|home|Users)/[\w.]|--(?:extra-)?index-url|--find-links")  # paths and indexes of a machine


def _glossary() -> dict[str, list[str]]:
    """Return the rows of the glossary by the name in code."""
    rows: dict[str, list[str]] = {}
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and not set(cells[0]) <= {"-"}:
            for name in re.findall(r"`(\w+)`", cells[3]):
                rows.setdefault(name, []).append(cells[0])
    return rows


def _enumerations() -> set[str]:
    """Return the names of our enumerations."""
    classes = (node for source in program() for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef))
    return {
        node.name for node in classes if {ast.unparse(base).split(".")[-1] for base in node.bases} & ENUMERATIONS and node.name[0] != "_"
    }


def _models() -> set[str]:
    return {model.__name__ for model in apps.get_models() if model.__module__.startswith("kirjaamo.")}


def test_every_model_and_enumeration_has_a_row_in_the_glossary() -> None:
    assert sorted((_models() | _enumerations()) - set(_glossary())) == []


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    text = "\n".join(source.text for source in program())
    assert [name for name in _glossary() if not re.search(rf"\b{name}\b", text)] == []


def test_every_row_of_the_glossary_is_complete() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert [row for row in rows if len(row) != 4 or not all(row)] == []


def test_every_variable_is_on_the_settings_page_and_none_is_there_in_vain() -> None:
    files = [source.text for source in program()] + [(ROOT / "conftest.py").read_text("utf-8")]
    used = {name for text in files for name in VARIABLE.findall(text)} - NOT_FOR_OPERATORS
    page = (ROOT / "docs" / "operations" / "settings.md").read_text("utf-8")
    told = {name for line in page.splitlines() if line.startswith("|") for name in re.findall(r"`([A-Z][A-Z_]+)`", line.split("|")[1])}
    assert used - told == set()
    assert told - used - NOT_FOR_OPERATORS == set()


def test_no_file_names_the_machine_it_was_made_on() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found = []
    for name in tracked:
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".toml", ".lock", ".yaml", ".html", ".css", ".js", ".po"}
            and path.is_file()
            and path.name != "test_words.py"
        ):
            found += [f"{name}:{number}" for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if FOREIGN.search(line)]
    assert found == []


def test_the_lock_files_name_packages_and_hashes_only() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        wrong = [
            line
            for line in lines
            if not re.match(r"#|[a-z0-9][a-z0-9._-]*==[\w.!+-]+( ; .*)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line)
        ]
        assert wrong == [], name
