"""docs/howto/add-a-register.md, followed word for word in a copy of the checkout."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kirjaamo.supervisor.testing import server_url
from tests.docs.following import blocks, copy_of_the_checkout, files

PAGE = "docs/howto/add-a-register.md"
PACKAGE = "kirjaamo/registers/leisure/book_players"


def run(command: str, folder: Path) -> str:
    """Run one line of the page in the copy, with this Python and the test server's database."""
    parts = command.replace(".venv/bin/kirjaamo", ".venv/bin/python -m kirjaamo").replace(".venv/bin/python", shlex.quote(sys.executable))
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    surroundings |= {
        "DATABASE_URL": server_url(),
        "KIRJAAMO_TEST_RUN": str(os.getpid() + 10_000_000),
        "PYTHONPATH": str(folder),
        "KIRJAAMO_DATA": str(folder / "var"),
    }
    answer = subprocess.run(["/bin/sh", "-ec", parts], cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, f"{command}\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout


@pytest.mark.slow
def test_a_reader_who_follows_the_page_has_a_register_that_keeps_the_contract(tmp_path: Path) -> None:
    copy = copy_of_the_checkout(tmp_path)
    shell = [content for language, content in blocks(PAGE) if language == "sh"]
    folder, tables, tests, handbook = shell
    run(folder, copy)
    for path, content in files(PAGE).items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(content, "utf-8")
    _put_into_use(copy)
    assert "0001_initial.py" in run(tables, copy)
    assert "passed" in run(tests, copy)
    generate = next(line for line in handbook.splitlines() if "handbook" in line)
    run(f"{generate} --to {copy / 'pages'}", copy)
    assert "[Kuuntelulaitteiden lainarekisteri](kuuntelulaitteet.md)" in (copy / "pages" / "index.md").read_text("utf-8")


def _put_into_use(copy: Path) -> None:
    """Replace the list of registers by the page's block (whatever other registers are in use besides)."""
    wanted = next(content for _language, content in blocks(PAGE) if content.startswith("KIRJAAMO_REGISTERS"))
    line = next(line for line in wanted.splitlines() if "book_players" in line)
    settings = copy / "kirjaamo" / "config" / "settings.py"
    text = settings.read_text("utf-8")
    assert "KIRJAAMO_REGISTERS = [\n" in text
    settings.write_text(text.replace("KIRJAAMO_REGISTERS = [\n", f"KIRJAAMO_REGISTERS = [\n{line}\n", 1), "utf-8")
