"""The case register under load: a whole case over HTTP, the case page, the worklist, searches; at each size of the register.

The city grows by `kirjaamo generate`; then the demo's own processes are asked over HTTP, and `benchmarks.inside` counts statements
and writes the same rows by bare psycopg. Sizes are given in rising order: what was registered stays.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks import inside, memory, running
from benchmarks.desk import Session
from kirjaamo.supervisor import parts

SIZES = (10_000, 100_000)
PERSON, PASSWORD = "maija", "valkoinen-joutsen-7"
WORDS = ("meluaita", "rakennuslupa", "pysäköinti", "katuvalaistus", "puiden kaataminen", "vuokrasopimus", "kuljetus", "huoneisto")
NAMES = ("Aino Esimerkki", "Onni Keksitty", "Kahvila Tarunen", "Siiri Mallikas", "Puutarha Näyte", "Exempel")
CASES, CLIENTS = 200, 8
AIMS = {
    "register, 8 clients": "aim: 150 a second, 12 statements",
    "case page": "aim: 30 ms p95, 10 statements",
    "worklist": "aim: 30 ms p95, 5 statements",
    "public word search": "aim: 60 ms p95",
}


def measure(demo: running.Demo, sizes: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure at each size; the growth between the first and the last is told too."""
    results: dict[str, Any] = {}
    for size in sizes:
        grown = grow(demo, size)
        results[str(size)] = {"grown_s": grown, **_at_size(demo, seconds)}
    return results


def grow(demo: running.Demo, size: int) -> float:
    """Generate cases until there are so many, and let the database count anew; return the seconds."""
    began = time.perf_counter()
    with psycopg.connect(running.database_of(demo), autocommit=True) as database:
        held = _one(database, "SELECT count(*) FROM cases_case")
        if held < size:
            _run("kirjaamo", "generate", "--cases", str(size - held), demo=demo)
        database.execute("VACUUM ANALYZE")
    return round(time.perf_counter() - began, 1)


def _at_size(demo: running.Demo, seconds: float) -> dict[str, Any]:
    web, public = _processes(demo)
    database = memory.database_of(demo.process.pid)
    session = Session(running.HOST, demo.port)
    session.sign_in(PERSON, PASSWORD)
    results: dict[str, Any] = {"processes_before": memory.family(demo.process.pid)}
    for name, (port, paths) in _pages(demo).items():
        pids = {"web": [public if port == demo.public_port else web], "database": database}
        cookie = "" if port == demo.public_port else session.cookie
        _asked(port, paths, seconds / 3, cookie, pids)
        results[name] = _asked(port, paths, seconds, cookie, pids)
    results |= _registered(demo, seconds, {"web": [web], "database": database})
    results["processes"] = memory.family(demo.process.pid)
    inside = json.loads(_run("benchmarks.inside", running.database_of(demo), str(seconds), demo=demo))
    for name, told in inside.items():
        results[name] = results.get(name, {}) | told
    results["register, 8 clients"]["statements"] = results["register, 1 client"]["statements"]
    return results


def _processes(demo: running.Demo) -> tuple[int, int]:
    """The web server and the public web server of the demo, by the ports that they listen at."""
    found = memory.listening(demo.process.pid)
    return found[demo.port], found[demo.public_port]


def _pages(demo: running.Demo) -> dict[str, tuple[int, list[str]]]:
    """What is asked for: the port of the process and the addresses in turn."""
    with psycopg.connect(running.database_of(demo)) as database:
        rows = database.execute(
            "SELECT identifier FROM cases_case WHERE NOT confidential AND id < %s ORDER BY md5(id::text) LIMIT %s",
            [inside.FIRST_KEY, CASES],
        ).fetchall()
    cases = [f"/tyo/asiat/{quote(row[0].replace(' ', '-').replace('/', '~'))}/" for row in rows]
    return {
        "case page": (demo.port, cases),
        "worklist": (demo.port, ["/tyo/lista/yksikon/", "/tyo/lista/maarapaivat/", "/tyo/lista/odottavat/", "/tyo/lista/omat/"]),
        "public word search": (demo.public_port, [f"/asiat/?q={quote(word)}" for word in WORDS]),
        "party search": (demo.port, [f"/tyo/osapuolet/?q={quote(name)}" for name in NAMES]),
    }


def _asked(port: int, paths: Sequence[str], seconds: float, cookie: str, pids: Mapping[str, list[int]]) -> dict[str, Any]:
    """One client asks in turn, so that the figures are those of a page that is alone."""
    return _with_processor(pids, ["benchmarks.client", running.HOST, str(port), str(seconds), "1", *paths], cookie)


def _registered(demo: running.Demo, seconds: float, pids: Mapping[str, list[int]]) -> dict[str, Any]:
    """Whole cases by one client and by many; the first moments warm every process up."""
    found = {}
    for name, clients, length in (
        ("warm", CLIENTS, 2.0),
        ("register, 1 client", 1, seconds),
        ("register, 8 clients", CLIENTS, seconds * 2),
    ):
        command = ["benchmarks.desk", running.HOST, str(demo.port), str(length), str(clients), PERSON, PASSWORD]
        found[name] = _with_processor(pids, command)
    del found["warm"]
    return found


def _with_processor(pids: Mapping[str, list[int]], command: Sequence[str], cookie: str = "") -> dict[str, Any]:
    """Run a client; tell the milliseconds of processor that an answer took of each kind of process."""
    before = {name: memory.processor_seconds(some) for name, some in pids.items()}
    found: dict[str, Any] = json.loads(_run(*command, cookie=cookie))
    spent = {name: memory.processor_seconds(some) - before[name] for name, some in pids.items()}
    return found | {f"{name}_ms": round(value * 1000 / max(found["count"], 1), 2) for name, value in spent.items()}


def _run(module: str, *options: str, demo: running.Demo | None = None, cookie: str = "") -> str:
    """Run a program of ours apart; return what it printed."""
    surroundings = dict(os.environ) | ({"BENCH_COOKIE": cookie} if cookie else {})
    if demo is not None:
        words = str(parts.analyser_socket(demo.data))
        surroundings |= {"KIRJAAMO_DATA": str(demo.data), "KIRJAAMO_MODE": "demo", "KIRJAAMO_ANALYSER": words}
        surroundings |= {"DATABASE_URL": running.database_of(demo)}
    command, here = [sys.executable, "-m", module, *options], Path(__file__).parents[1]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings, cwd=here)
    if answer.returncode:
        raise running.BenchError(f"{module} could not be run:\n{answer.stderr[-2000:]}")
    return answer.stdout


def _one(database: psycopg.Connection[Any], statement: str) -> int:
    row = database.execute(statement).fetchone()
    return int(row[0]) if row else 0


def lines(results: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The results as rows of a table for people."""
    rows = []
    for size, found in results.items():
        rows.append((f"{int(size):,} cases".replace(",", " "), f"grown in {found['grown_s']} s"))
        rows += [(f"  {name}", _told(name, one)) for name, one in found.items() if isinstance(one, dict) and "per_second" in one]
        rows += [(f"  {name} × {one['processes']:.0f}", f"{one['mb']:.0f} MB") for name, one in found["processes"].items()]
    return rows + _growth(results)


def _told(name: str, one: Mapping[str, Any]) -> str:
    processor = ", ".join(f"{kind} {one[f'{kind}_ms']} ms" for kind in ("web", "database", "client") if f"{kind}_ms" in one)
    parts = [
        f"{one['per_second']:.0f} a second",
        f"p50 {one['p50_ms']} ms",
        f"p95 {one['p95_ms']} ms",
        f"{one['statements']} SQL" if "statements" in one else "",
        f"processor: {processor}" if processor else "",
        f"answered {one['other_statuses']}" if one.get("other_statuses") else "",
        AIMS.get(name, ""),
    ]
    return " · ".join(filter(None, parts))


def _growth(results: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How many times the time of the smallest register each thing takes in the largest."""
    if len(results) < 2:  # noqa: PLR2004 - nothing to compare
        return []
    first, last = (results[size] for size in (min(results, key=int), max(results, key=int)))
    rows = []
    for name, one in last.items():
        if name not in inside.BARE and isinstance(one, dict) and one.get("p50_ms") and first.get(name, {}).get("p50_ms"):
            rows.append((f"  {name}", f"{one['p50_ms'] / first[name]['p50_ms']:.2f} × (aim: 1.20)"))
    return [("largest beside smallest, p50", ""), *rows]
