"""Measure the program on this machine: `make bench`, or `python -m benchmarks [--seconds 4] [--cases 10000 100000 1000000]`.

Start of a fresh demo to its first page, import of the three published pages, requests per second of pages beside a bare view
on the same server in the same run, memory of each process, the plan, registers and the case register under load. Prints a table and writes
benchmarks/results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks import cases, importing, memory, planning, registers, running

RESULTS = Path(__file__).with_name("results.json")
CONNECTIONS = 8
ROUNDS = 3
BARE = "/bare/"
PAGES = {
    "bare view": BARE,
    "start page": "/",
    "description": "/kuvaus/",
    "entry": "/kuvaus/tietojarjestelmat/rakennusluvat/",
    "search": "/kuvaus/?q=rakennuslupien",
}


def main() -> int:
    """Measure everything that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measuring of a page (default: %(default)s)")
    parser.add_argument(
        "--cases", type=int, nargs="+", default=list(cases.SIZES), metavar="N", help="sizes of the case register (default: %(default)s)"
    )
    parser.add_argument("--only", choices=["cases"], help="measure this part alone")
    args = parser.parse_args()
    results: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(prefix="kirjaamo-bench-") as folder:
        Path(folder).chmod(0o755)  # the account that runs PostgreSQL must reach its own folder below
        try:
            if args.only is None:
                measure(Path(folder) / "data", args.seconds, results)
            measure_cases(Path(folder) / "data", args.cases, args.seconds, results)
        except running.BenchError as error:
            say(str(error))
            return 1
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"\nWritten to {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    return 0


def measure(data: Path, seconds: float, results: dict[str, Any]) -> None:
    """Measure in the order in which a newcomer meets the program."""
    results["import_ms"] = importing.measure()
    table("Import of the three published pages", [(name, f"{spent:.1f} ms") for name, spent in results["import_ms"].items()])
    with running.demo(data) as first:
        cold = first.seconds_to_first_page
    with running.demo(data) as again:
        results["start_s"] = {"cold": round(cold, 2), "warm": round(again.seconds_to_first_page, 2)}
        table(
            "Start to the first page", [("empty data folder", f"{cold:.1f} s"), ("data is there", f"{again.seconds_to_first_page:.1f} s")]
        )
        warm_up(again.port)
        results["memory"] = memory.family(again.process.pid)
        total = sum(row["mb"] for row in results["memory"].values())
        rows = [(f"{name} × {row['processes']:.0f}", f"{row['mb']:.0f} MB") for name, row in results["memory"].items()]
        table("Memory (PSS)", [*rows, ("together", f"{total:.0f} MB")])
        results["planning"] = apart("planning", again)
        table("The plan under load", planning.lines(results["planning"]))
        results["registers"] = apart("registers", again, "--json")
        table(f"Registers at {registers.RECORDS} records", registers.lines(results["registers"]))
        with running.server(again) as (port, web):
            results["pages"] = pages(port, seconds, [web, *memory.database_of(again.process.pid)])
    tell_pages(results["pages"])


def measure_cases(data: Path, sizes: list[int], seconds: float, results: dict[str, Any]) -> None:
    """Measure the case register last, since what was grown stays in the city."""
    with running.demo(data) as demo:
        results["cases"] = cases.measure(demo, sorted(sizes), seconds)
    table("The case register", cases.lines(results["cases"]))


def machine() -> dict[str, Any]:
    """Where it was measured: cores, memory, versions, and how busy the machine was before."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def apart(what: str, demo: running.Demo, *options: str) -> dict[str, Any]:
    """Measure what works inside Django (`benchmarks.planning`, `benchmarks.registers`) in a process of its own on the demo's database."""
    surroundings = os.environ | {"KIRJAAMO_DATA": str(demo.data), "KIRJAAMO_MODE": "demo"}
    command = [sys.executable, "-m", f"benchmarks.{what}", running.database_of(demo), *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    if answer.returncode:
        raise running.BenchError(f"benchmarks.{what} could not be measured:\n{answer.stderr[-1500:]}")
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def warm_up(port: int) -> None:
    """Ask for each page a little, so that every web process has met it."""
    for name, path in PAGES.items():
        if name != "bare view":
            client(port, path, 0.7)


def pages(port: int, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Measure each page in turn, some rounds over, so that a busy moment of the machine meets them all.

    The processor time of web server and database per answer is the figure that other work of the machine disturbs least.
    """
    for path in PAGES.values():
        client(port, path, 0.7)
    rounds = [{name: counted(port, path, seconds, pids) for name, path in PAGES.items()} for _ in range(ROUNDS)]
    results: dict[str, Any] = {}
    for name, path in PAGES.items():
        figures = [one[name] for one in rounds]
        ratios = [one[name]["per_second"] / one["bare view"]["per_second"] for one in rounds]
        results[name] = {
            "path": path,
            "per_second": round(median(one["per_second"] for one in figures), 1),
            "p50_ms": round(median(one["p50_ms"] for one in figures), 2),
            "p95_ms": round(median(one["p95_ms"] for one in figures), 2),
            "alone_ms": client(port, path, 1.5, connections=1)["p50_ms"],
            "of_bare": round(median(ratios), 3),
            "processor_ms": round(median(one["processor_ms"] for one in figures), 2),
            "bytes": figures[0]["bytes"],
            "other_statuses": {status: count for one in figures for status, count in one["other_statuses"].items()},
        }
    return results


def counted(port: int, path: str, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Run the client, and tell how many milliseconds of processor an answer took of the server and the database."""
    before = memory.processor_seconds(pids)
    found = client(port, path, seconds)
    spent = memory.processor_seconds(pids) - before
    return found | {"processor_ms": spent * 1000 / max(found["count"], 1)}


def client(port: int, path: str, seconds: float, connections: int = CONNECTIONS) -> dict[str, Any]:
    """Run the client in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.client", running.HOST, str(port), str(seconds), str(connections), path]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise running.BenchError(f"{path} could not be measured:\n{answer.stderr[-1500:]}")
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def tell_pages(results: dict[str, Any]) -> None:
    """Print the pages beside the bare view."""
    say(f"\nPages beside a bare view on the same server ({CONNECTIONS} connections, median of {ROUNDS} rounds)")
    say(f"  {'':<14}{'per second':>12}{'of bare':>10}{'cpu ms':>10}{'p50 ms':>10}{'p95 ms':>10}{'alone ms':>10}{'bytes':>10}")
    for name, row in results.items():
        remark = f"  answered {row['other_statuses']}" if row["other_statuses"] else ""
        times = "".join(f"{row[key]:>10.1f}" for key in ("p50_ms", "p95_ms", "alone_ms"))
        say(f"  {name:<14}{row['per_second']:>12.1f}{row['of_bare']:>10.2f}{row['processor_ms']:>10.2f}{times}{row['bytes']:>10}{remark}")


def table(title: str, rows: list[tuple[str, str]]) -> None:
    """Print a heading and two columns."""
    say(f"\n{title}")
    for label, value in rows:
        say(f"  {label:<30} {value:>12}")


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
