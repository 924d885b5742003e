"""The commands that run the program: `demo`, `serve`, `reset`. They do not load Django; the processes that they start do."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kirjaamo import __version__
from kirjaamo.supervisor import accounts, environment, external, parts, ports
from kirjaamo.supervisor.database import cluster_folder
from kirjaamo.supervisor.errors import SupervisorError
from kirjaamo.supervisor.postgres import ARRIVALS, PUBLIC_FACE, Postgres
from kirjaamo.supervisor.processes import Program, Watch

FIRST_ANSWER = 60.0  # seconds that the web server gets for its first answer
HELSINKI = environment.CHECKOUT / "authorities" / "helsinki"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def say(text: str = "") -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def demo_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `demo`."""
    _server_arguments(parser)
    parser.add_argument("--pack", default=HELSINKI, type=Path, metavar="FOLDER", help="the authority to show (default: %(default)s)")


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `serve`."""
    _server_arguments(parser)


def reset_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `reset`."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _server_arguments(parser: argparse.ArgumentParser) -> None:
    port = environment.text("PORT")
    parser.add_argument("--host", default=environment.text("HOST", "127.0.0.1"), help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=int(port) if port.isdigit() else None, help="port (default: 8000 or the next free one)")


def demo(args: argparse.Namespace) -> int:
    """Start a demo city: database, invented data, server. The data stays for the next time; Ctrl-C stops everything."""
    began = time.monotonic()
    data = environment.data_folder()
    say(f"Kirjaamo {__version__}")
    with running(data, args, mode="demo") as (watch, surroundings):
        prepare = Program("prepare", [sys.executable, "-m", "kirjaamo", "prepare", "--demo", str(args.pack.resolve())], surroundings)
        if _finish(prepare, watch):
            return 1 if not watch.stop_asked else 0
        _open(watch, args, surroundings, data / "log")
        if not watch.stop_asked:
            say(f"  ✓ server · first page {time.monotonic() - began:.1f} s after the start")
            _tell_sign_ins(data, args)
        watch.run()
        say("Stopping …")
    say("Stopped. The data stays; `make demo` continues with it.")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Run the program for real use: web server and worker on the operator's PostgreSQL, or on the embedded one."""
    data = environment.data_folder()
    with running(data, args, mode="production") as (watch, surroundings):
        prepare = Program("prepare", [sys.executable, "-m", "kirjaamo", "prepare"], surroundings)
        if _finish(prepare, watch):
            return 1
        _open(watch, args, surroundings, None)
        say(f"Kirjaamo {__version__} answers at {_address(args)}")
        if args.public:
            say(f"The public face answers at {_address(args, args.public['PORT'])}")
        watch.run()
    return 0


def reset(args: argparse.Namespace) -> int:
    """Remove the embedded database and everything that the program stored, to start over."""
    if environment.text("DATABASE_URL"):
        message = "DATABASE_URL is set: the data is in your own PostgreSQL, which this command leaves alone. Empty that database yourself."
        raise SupervisorError(message)
    data = environment.data_folder()
    wanted = cluster_folder(data)
    place = accounts.place_for(accounts.database_account(wanted), wanted)
    if not args.yes and input(f"Remove all data in {data}? Write yes: ").strip() != "yes":
        return 1
    if place.exists() and Postgres.at(wanted).is_locked():
        message = "Kirjaamo is running on this data. Stop it first (Ctrl-C in its terminal)."
        raise SupervisorError(message)
    shutil.rmtree(place, ignore_errors=True)
    for name in ("files", "static", "log", "run", "postgres", "demo.json", "secret-key"):
        path = data / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    say("Removed. The next start begins from the beginning.")
    return 0


@contextmanager
def running(data: Path, args: argparse.Namespace, *, mode: str) -> Iterator[tuple[Watch, dict[str, str]]]:
    """Run the database and the analyser under a watch; yield it with the environment for the other processes; stop all at the end."""
    data.mkdir(parents=True, exist_ok=True)
    args.port, remark = ports.choose(args.host, args.port)
    if remark:
        say(remark)
    log = data / "log" if mode == "demo" else None
    watch = Watch([], say)
    with watch.signals():
        try:
            database, reader, intake = _database(data, watch)
            args.public = _public_side(data, args, database=reader, intake=intake)
            surroundings = _surroundings(data, args, mode) | {"DATABASE_URL": database}
            if words := parts.analyser(data, log and log / "analyser.log"):
                watch.start(words)
            yield watch, surroundings
        finally:
            watch.stop()


def _database(data: Path, watch: Watch) -> tuple[str, str, str]:
    """Start the embedded database, or check the operator's own; return its address, and those of the two credentials of the public side."""
    began = time.monotonic()
    given = environment.text("DATABASE_URL")
    if given:
        say(f"  ✓ your own PostgreSQL {external.check(given)}")
        return given, environment.text("KIRJAAMO_PUBLIC_DATABASE_URL"), environment.text("KIRJAAMO_INTAKE_DATABASE_URL")
    cluster = Postgres.at(cluster_folder(data))
    if cluster.folder != cluster_folder(data):
        say(f"  The account {cluster.account.name}, which runs PostgreSQL, cannot reach {data}; the database is in {cluster.folder}.")
    watch.start(parts.EmbeddedDatabase(cluster))
    say(f"  ✓ database · {time.monotonic() - began:.1f} s")
    return cluster.url(), cluster.url(PUBLIC_FACE), cluster.url(ARRIVALS)


def _public_side(data: Path, args: argparse.Namespace, *, database: str, intake: str) -> dict[str, str]:
    """Return the variables of the public process: its own credential, folder and signing key; empty when there is no credential for it.

    Its folder holds no key of the other processes, and no variable names one.
    """
    if not database:
        say("  The public face has no process of its own: name its credential in KIRJAAMO_PUBLIC_DATABASE_URL.")
        return {}
    folder = data / "public"
    folder.mkdir(exist_ok=True, mode=0o700)
    port = environment.number("KIRJAAMO_PUBLIC_PORT", 0) or ports.next_free(args.host, args.port + 1)
    return {
        "DATABASE_URL": database,
        "KIRJAAMO_INTAKE_DATABASE_URL": intake,
        "KIRJAAMO_SIDE": "public",
        "KIRJAAMO_DATA": str(folder),
        "KIRJAAMO_STATIC": str(data / "static"),
        "KIRJAAMO_WORK_URL": environment.text("KIRJAAMO_WORK_URL", _address(args)),
        "KIRJAAMO_SECRET_KEY": "",
        "KIRJAAMO_KEYS": "",
        "KIRJAAMO_SMTP": "",
        "PORT": str(port),
    }


def _surroundings(data: Path, args: argparse.Namespace, mode: str) -> dict[str, str]:
    """Return the variables that all our processes share."""
    cores = os.cpu_count() or 2
    hosts = {} if args.host in LOOPBACK or environment.text("KIRJAAMO_HOSTS") else {"KIRJAAMO_HOSTS": "*"}
    return {
        "DJANGO_SETTINGS_MODULE": "kirjaamo.config.settings",
        "KIRJAAMO_DATA": str(data),
        "KIRJAAMO_MODE": mode,
        "KIRJAAMO_ANALYSER": str(parts.analyser_socket(data)),
        "KIRJAAMO_WORKERS": environment.text("KIRJAAMO_WORKERS", str(max(2, min(cores, 8)))),
        "KIRJAAMO_THREADS": environment.text("KIRJAAMO_THREADS", "4"),
        **({**hosts, "KIRJAAMO_PACK": str(args.pack.resolve())} if mode == "demo" else {}),
    }


def _finish(program: Program, watch: Watch) -> int:
    """Run a process to its end while the others are watched; return its status."""
    program.start()
    while (status := program.exit_status()) is None and not watch.stop_asked:
        watch.look()
        watch.pause(0.2)
    program.stop()
    return status if status is not None else 1


def _open(watch: Watch, args: argparse.Namespace, surroundings: dict[str, str], log: Path | None) -> None:
    """Start web server and worker and wait for the first answer."""
    watch.start(parts.web(args.host, args.port, surroundings, log and log / "web.log"))
    watch.start(parts.worker(surroundings, log and log / "worker.log"))
    if args.public:
        watch.start(parts.public(args.host, int(args.public["PORT"]), surroundings | args.public, log and log / "public.log"))
    limit = time.monotonic() + FIRST_ANSWER
    while not watch.stop_asked and not _answers(args.host, args.port):
        if time.monotonic() > limit:
            message = f"The web server gave no answer in {FIRST_ANSWER:.0f} seconds. Its log: {log / 'web.log' if log else 'above'}"
            raise SupervisorError(message)
        watch.look()
        watch.pause(0.1)


def _answers(host: str, port: int) -> bool:
    """Tell whether the server answers the start page without an error of its own."""
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=10)  # noqa: S104 - compared, not bound
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}", "X-Forwarded-Proto": "https"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def _address(args: argparse.Namespace, port: str = "") -> str:
    host = "localhost" if args.host in {"0.0.0.0", "::"} else args.host  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port or args.port}/"


def _tell_sign_ins(data: Path, args: argparse.Namespace) -> None:
    """Print the address and the demo accounts."""
    path = data / "demo.json"
    accounts_made = json.loads(path.read_text("utf-8"))["sign_ins"] if path.exists() else []
    say(f"\n  Open  {_address(args)}")
    if args.public:
        say(f"  The public site by itself, with a credential that reads public facts only:  {_address(args, args.public['PORT'])}")
    say()
    if accounts_made:
        say("  Demo sign-ins (invented people):")
        width = [max(len(row[column]) for row in accounts_made) for column in (0, 1)]
        for name, password, role in accounts_made:
            say(f"    {name:<{width[0]}}  {password:<{width[1]}}  {role}")
        say()
    say(f"  Logs are in {data / 'log'}. Ctrl-C stops everything.")
