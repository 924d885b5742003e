"""The documentation says what is so: commands, generated pages, links, the plan of the house."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from kirjaamo.config import cli
from kirjaamo.contract import commands
from tests.docs.following import ROOT, files

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return the names that the headings of a page get."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere within the checkout."""
    found = []
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            found.append(target)
    return found


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_every_page_is_reached_from_the_index() -> None:
    seen, waiting = set(), [ROOT / "README.md", ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        links = [target.partition("#")[0] for target in LINK.findall(page.read_text("utf-8"))]
        waiting += [place for link in links if link.endswith(".md") and (place := (page.parent / link).resolve()).is_file()]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in seen and "docs" in page.parts] == []


def test_every_command_stands_on_the_page_of_commands_and_none_is_there_in_vain() -> None:
    page = (ROOT / "docs" / "operations" / "commands.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([a-z-]+)", page, re.MULTILINE))
    assert told == {name for name, command in cli.present().items() if not command.hidden}


def test_every_verb_of_make_stands_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "operations" / "commands.md").read_text("utf-8")
    verbs = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) - {"help"}
    assert [verb for verb in sorted(verbs) if f"`{verb}`" not in page] == []


def test_every_register_in_use_has_a_fresh_page(capsys: pytest.CaptureFixture[str]) -> None:
    stale = commands.handbook(argparse.Namespace(check=True, to=ROOT / commands.FOLDER))
    assert (stale, capsys.readouterr().out) == (0, "")


def test_a_stale_a_missing_and_a_left_over_page_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands.handbook(argparse.Namespace(check=False, to=tmp_path))
    first = sorted(path.name for path in tmp_path.glob("*.md"))
    (tmp_path / "index.md").write_text("changed by hand", "utf-8")
    (tmp_path / "gone.md").write_text("of a register that is no more", "utf-8")
    (tmp_path / next(name for name in first if name != "index.md")).unlink()
    capsys.readouterr()
    assert commands.handbook(argparse.Namespace(check=True, to=tmp_path)) == 1
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 3
    assert "index.md is stale" in said
    assert "gone.md belongs to no register" in said
    commands.handbook(argparse.Namespace(check=False, to=tmp_path))
    assert sorted(path.name for path in tmp_path.glob("*.md")) == first


def test_the_page_of_a_register_holds_every_field_key_and_verb() -> None:
    text = (ROOT / "docs" / "registers" / "erityisuimakortit.md").read_text("utf-8")
    for name in ("number", "holder", "valid", "proof", "apply", "decide", "hand_over", "one_valid_card_per_person", "JulkL-24-1-25"):
        assert f"`{name}`" in text


def test_the_picture_of_the_rooms_names_each_room() -> None:
    picture = re.findall(r"^```$(.*?)^```$", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)[0]
    rooms = {room.removeprefix("kirjaamo.") for room in settings.ROOMS}
    assert [room for room in sorted(rooms) if not re.search(rf"\b{room}\b", picture)] == []


def test_every_file_that_a_howto_tells_to_write_is_python_or_toml_that_parses() -> None:

    howtos = sorted(str(page.relative_to(ROOT)) for page in ROOT.glob("docs/howto/*.md"))
    told = [(path, content) for page in howtos for path, content in files(page).items()]
    assert len(told) > 4
    for path, content in told:
        ast.parse(content) if path.endswith(".py") else tomllib.loads(content)


def test_the_readme_names_only_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    verbs = set(re.findall(r"`make ([a-z-]+)`", text)) | set(re.findall(r"^make ([a-z-]+)", text, re.MULTILINE))
    assert verbs <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for command in re.findall(r"`?kirjaamo ([a-z]+(?:-[a-z]+)*) ", text):
        assert command in cli.COMMANDS or command in {"keeps", "is"}, command


def test_tracked_files_hold_no_figures_of_one_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "benchmarks"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "results.json" not in tracked
