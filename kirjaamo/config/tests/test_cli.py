"""The command line as a stranger meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kirjaamo.config import cli
from kirjaamo.supervisor.errors import SupervisorError


def test_every_command_of_the_list_has_help_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    for name, command in cli.present().items():
        assert command.hidden or f"\n    {name}" in shown
        assert len(cli._help(command)) > 30, name


def test_a_command_whose_room_is_absent_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "absent-room", cli.Command("kirjaamo.nowhere.commands:absent"))
    monkeypatch.setitem(cli.COMMANDS, "absent-function", cli.Command("kirjaamo.config.commands:absent"))
    assert not {"absent-room", "absent-function"} & set(cli.present())


def test_an_unknown_command_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["dmeo"])
    assert ended.value.code == 2
    assert "demo" in capsys.readouterr().err


def test_an_expected_error_is_a_sentence_and_status_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_args: object) -> int:
        raise SupervisorError("Port 80 is in use.")

    monkeypatch.setattr(cli, "_run", fail)
    assert cli.main(["demo"]) == 1
    assert capsys.readouterr().err == "kirjaamo: Port 80 is in use.\n"


def test_an_unexpected_error_keeps_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["demo"])


def test_help_starts_no_database(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "KIRJAAMO_DATA": str(tmp_path / "data")}
    answer = subprocess.run(
        [sys.executable, "-m", "kirjaamo", "worker", "--help"], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    assert "sealing" in answer.stdout
    assert not (tmp_path / "data" / "postgres").exists()
