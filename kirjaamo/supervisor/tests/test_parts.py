"""Ports, progress, accounts, the environment, and what is said when something is wrong."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.supervisor import accounts, environment, external, ports
from kirjaamo.supervisor.errors import SupervisorError
from kirjaamo.supervisor.processes import Program, Watch
from kirjaamo.supervisor.progress import Progress
from kirjaamo.supervisor.testing import server_url


@pytest.fixture
def busy() -> socket.socket:
    """A port that another program listens at."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


def test_a_port_that_was_asked_for_is_never_replaced(busy: socket.socket) -> None:
    port = busy.getsockname()[1]
    with busy, pytest.raises(SupervisorError, match=f"Port {port} is in use.*PORT={port + 1}"):
        ports.choose("127.0.0.1", port)
    assert ports.choose("127.0.0.1", port) == (port, "")


def test_the_next_free_port_is_taken_and_told(busy: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    port = busy.getsockname()[1]
    monkeypatch.setattr(ports, "DEFAULT", port)
    with busy:
        chosen, remark = ports.choose("127.0.0.1", None)
    assert port < chosen < port + ports.TRIES
    assert str(port) in remark
    assert str(chosen) in remark


def test_progress_without_a_terminal_tells_each_task_once() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    for done in range(1, 101):
        progress(done, 100, "tables")
    progress(1, 1, "texts")
    progress.finish()
    lines = stream.getvalue().splitlines()
    assert [line.split(" · ")[0] for line in lines] == ["  ✓ tables", "  ✓ texts"]


def test_progress_on_a_terminal_fills_its_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("kirjaamo.supervisor.progress.REDRAW", 0)
    progress = Progress(stream)
    progress(1, 4, "tables")
    progress(4, 4, "tables")
    shown = stream.getvalue()
    assert " 25%" in shown
    assert "100%" in shown


@given(user=st.text(min_size=1, max_size=20), password=st.text(max_size=30), name=st.text(min_size=1, max_size=20))
def test_a_database_address_keeps_every_character(user: str, password: str, name: str) -> None:
    from urllib.parse import quote  # noqa: PLC0415 - used here only

    quoted = [quote(part.encode("utf-8", "surrogatepass"), safe="") for part in (user, password, name)]
    found = environment.database(f"postgresql://{quoted[0]}:{quoted[1]}@db.example:6432/{quoted[2]}?sslmode=require")
    if not any("\ud800" <= character <= "\udfff" for character in user + password + name):
        assert (found["USER"], found["PASSWORD"]) == (user, password)
        assert found["NAME"].lstrip("/") == name.lstrip("/")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("db.example", "6432", {"sslmode": "require"})


def test_a_socket_folder_is_named_in_the_query() -> None:
    found = environment.database("postgresql://kirjaamo:x@/kirjaamo?host=%2Fvar%2Frun&port=5433")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/var/run", "5433", {})


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://host", "kirjaamo", ""])
def test_an_address_that_names_no_postgresql_is_refused(url: str) -> None:
    with pytest.raises(environment.WrongEnvironmentError, match="DATABASE_URL must look like"):
        environment.database(url)


@pytest.mark.parametrize(
    ("read", "value"), [(lambda: environment.flag("X", default=False), "maybe"), (lambda: environment.number("X", 1), "-3")]
)
def test_a_wrong_variable_is_named(read: object, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(environment.WrongEnvironmentError, match=f"X='{value}'"):
        read()  # type: ignore[operator]


def test_the_signing_key_is_made_once_and_for_the_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIRJAAMO_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path / "data")
    assert len(first) >= 50
    assert environment.secret_key(tmp_path / "data") == first
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_server_that_does_not_answer_is_told_with_the_form_of_the_address() -> None:
    with pytest.raises(SupervisorError, match=r"does not answer[\s\S]*DATABASE_URL looks like"):
        external.check(f"postgresql://nobody@127.0.0.1:{ports.any_free()}/nothing")


def test_a_server_older_than_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "OLDEST", 99)
    with pytest.raises(SupervisorError, match="needs 99 or later"):
        external.check(server_url())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step aside")
def test_root_steps_aside_and_finds_a_place_that_the_account_reaches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIRJAAMO_USER", raising=False)
    monkeypatch.delenv("SUDO_UID", raising=False)
    account = accounts.database_account(tmp_path)
    assert account.uid != 0
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not accounts.can_reach(account, closed / "postgres")
    assert accounts.place_for(account, closed / "postgres").parent == accounts.FALLBACK


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_that_another_account_made_before_us_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "kirjaamo-trap"
    trap.mkdir()
    os.chown(trap, 65534, 65534)
    with pytest.raises(SupervisorError, match="is not ours"):
        accounts.private_folder(trap)


def test_an_unknown_account_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIRJAAMO_USER", "no-such-account")
    with pytest.raises(SupervisorError, match="no-such-account"):
        list(accounts._candidates(tmp_path))


def test_a_process_that_always_falls_stops_the_watch_with_the_end_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.supervisor.processes.LONGEST_PAUSE", 0.01)
    said: list[str] = []
    watch = Watch([], said.append)
    watch.start(Program("brittle", ["/bin/sh", "-c", "echo broken pipe organ; exit 3"], {}, tmp_path / "brittle.log"))
    with pytest.raises(SupervisorError, match=r"ended 6 times in a row[\s\S]*broken pipe organ"):
        watch.run()
    watch.stop()
    assert len(said) == 5
    assert "status 3" in said[0]
