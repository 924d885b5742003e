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
    assert "passed" in run(f".venv/bin/python -m pytest -q kirjaamo/registers/{PLACE}", copy)


def test_the_how_to_and_the_makefile_name_the_command() -> None:
    assert f"make new-register {PLACE}" in (ROOT / "docs" / "howto" / "add-a-register.md").read_text("utf-8")
    told = subprocess.run(["make", "-n", "new-register", PLACE], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"tools.new_register {PLACE}" in told


@pytest.mark.parametrize("place", ["example", "Education/Example", "leisure/swim_cards"])
def test_a_name_that_will_not_do_is_told(place: str) -> None:
    answer = subprocess.run([sys.executable, "-m", "tools.new_register", place], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "for example" in answer.stderr or "there already" in answer.stderr
