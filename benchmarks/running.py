"""A demo city of the benchmark's own, and a second web server beside it that also has the bare view."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kirjaamo.supervisor import parts, ports
from kirjaamo.supervisor.database import cluster_folder
from kirjaamo.supervisor.postgres import Postgres
from kirjaamo.supervisor.processes import Program

PATIENCE = 600.0
HOST = "127.0.0.1"


class BenchError(Exception):
    """The program did not start; the text ends with what it said."""


@dataclass
class Demo:
    """One running `kirjaamo demo`."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    seconds_to_first_page: float
    public_port: int = 0


@contextmanager
def demo(data: Path) -> Iterator[Demo]:
    """Run the demo in a data folder; yield when the start page is whole; stop it as Ctrl-C does."""
    port, public_port, output = ports.any_free(), ports.any_free(), data.with_suffix(".txt")
    began = time.perf_counter()
    with output.open("wb") as log:
        command = [sys.executable, "-m", "kirjaamo", "demo", "--port", str(port)]
        around = _surroundings(data, public_port)
        process = subprocess.Popen(command, env=around, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        while not first_page(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise BenchError(f"The demo did not start:\n{output.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.02)
        yield Demo(data, port, process, time.perf_counter() - began, public_port)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _surroundings(data: Path, public_port: int) -> Mapping[str, str]:
    """The caller's environment without what would lead the demo elsewhere."""
    unwanted = {"DATABASE_URL", "KIRJAAMO_MODE", "DJANGO_SETTINGS_MODULE", "PORT", "HOST"}
    return {key: value for key, value in os.environ.items() if key not in unwanted} | {
        "KIRJAAMO_DATA": str(data),
        "KIRJAAMO_PUBLIC_PORT": str(public_port),
    }


def first_page(port: int, path: str = "/") -> bool:
    """Tell whether the server gives the page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return False
    else:
        return answer.status == http.HTTPStatus.OK
    finally:
        connection.close()


def database_of(running: Demo) -> str:
    """The address of the demo's database."""
    url = Postgres.at(cluster_folder(running.data)).running_url()
    if url is None:
        raise BenchError("The demo's database does not run.")
    return url


@contextmanager
def server(running: Demo) -> Iterator[tuple[int, int]]:
    """Start the web server of the demo once more on the same database, with the bare view; yield its port and its process."""
    url = database_of(running)
    port = ports.any_free()
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": url,
        "KIRJAAMO_DATA": str(running.data),
        "KIRJAAMO_MODE": "demo",
        "KIRJAAMO_ANALYSER": str(parts.analyser_socket(running.data)),
        "KIRJAAMO_WORKERS": str(max(2, min(os.cpu_count() or 2, 8))),
        "KIRJAAMO_THREADS": "4",
    }
    web: Program = parts.web(HOST, port, surroundings, running.data / "bench-web.log")
    web.start()
    try:
        began = time.perf_counter()
        while not first_page(port, "/bare/"):
            if web.exit_status() is not None or time.perf_counter() - began > PATIENCE:
                raise BenchError(f"The web server did not start:\n{web.last_lines()}")
            time.sleep(0.05)
        yield port, web.process.pid if web.process else 0
    finally:
        web.stop()
