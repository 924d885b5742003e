"""`make new-register education/example`, run in a copy of the checkout: what it writes keeps the contract as it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.following import ROOT, copy_of_the_checkout
from tests.docs.test_howto_register import run

PLACE = "education/example"


@pytest.mark.slow
def test_the_written_register_keeps_the_contract(tmp_path: Path) -> None:
    copy = copy_of_the_checkout(tmp_path)
    told = run(f".venv/bin/python -m tools.new_register {PLACE}", copy)
    assert "written and in use" in told
    before = _sources(copy)
    _add_a_field(copy / "kirjaamo" / "registers" / PLACE / "models.py")
    run(".venv/bin/python -m django makemigrations example --settings kirjaamo.config.settings", copy)
    changed = {name for name, text in _sources(copy).items() if before.get(name) != text}
    assert {name for name in changed if "/migrations/" not in name} == {f"kirjaamo/registers/{PLACE}/models.py"}  # one file per field
    assert "passed" in run(f".venv/bin/python -m pytest -q kirjaamo/registers/{PLACE}", copy)  # pages, files and API tell every field
    run(f".venv/bin/kirjaamo handbook --to {copy / 'pages'}", copy)
    assert "`colour`" in (copy / "pages" / "example.md").read_text("utf-8")


def _add_a_field(models: Path) -> None:
    """What a developer does who adds a field: one line in one file."""
    text = models.read_text("utf-8")
    line = '    colour = fields.Text(_("Väri"), blank=True, publicity=Publicity.PUBLIC)\n'
    models.write_text(text.replace("\n    class Meta:", f"{line}\n    class Meta:", 1), "utf-8")


def _sources(copy: Path) -> dict[str, str]:
    """Every source file of the copy: code, templates, the data pack."""
    paths = (path for ending in ("py", "html", "toml", "typ") for path in copy.rglob(f"*.{ending}"))
    return {str(path.relative_to(copy)): path.read_text("utf-8") for path in paths}


def test_the_how_to_and_the_makefile_name_the_command() -> None:
    assert f"make new-register {PLACE}" in (ROOT / "docs" / "howto" / "add-a-register.md").read_text("utf-8")
    told = subprocess.run(["make", "-n", "new-register", PLACE], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"tools.new_register {PLACE}" in told


@pytest.mark.parametrize("place", ["example", "Education/Example", "leisure/swim_cards"])
def test_a_name_that_will_not_do_is_told(place: str) -> None:
    answer = subprocess.run([sys.executable, "-m", "tools.new_register", place], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "for example" in answer.stderr or "there already" in answer.stderr
