"""Memory and processor time of running processes. Memory is the proportional share (PSS): shared pages are counted once."""

from __future__ import annotations

from collections.abc import Sequence

import psutil

NAMES = (
    ("postgres", "postgres"),
    ("words.server", "analyser"),
    ("kirjaamo worker", "worker"),
    ("granian", "web"),
    ("kirjaamo demo", "supervisor"),
)


def name_of(process: psutil.Process) -> str:
    """What the process is."""
    line = " ".join(process.cmdline())
    return next((name for mark, name in NAMES if mark in line), process.name())


def family(pid: int) -> dict[str, dict[str, float]]:
    """Return by name: how many processes, and their megabytes together; RSS where the system keeps PSS from us."""
    parent = psutil.Process(pid)
    found: dict[str, dict[str, float]] = {}
    for process in [parent, *parent.children(recursive=True)]:
        try:
            name, size, exact = name_of(process), *_megabytes(process)
        except psutil.NoSuchProcess:
            continue
        row = found.setdefault(name if exact else f"{name} (RSS)", {"processes": 0, "mb": 0.0})
        row["processes"] += 1
        row["mb"] = round(row["mb"] + size, 1)
    return found


def processor_seconds(pids: Sequence[int]) -> float:
    """Return the processor time that the processes and all below them have used so far."""
    spent = 0.0
    for pid in pids:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            spent += times.user + times.system
    return spent


def database_of(pid: int) -> list[int]:
    """Return the process of the embedded database under a running demo."""
    return [child.pid for child in psutil.Process(pid).children() if name_of(child) == "postgres"]


def listening(pid: int) -> dict[int, int]:
    """Return the web servers under a process: by the port in their command line."""
    found: dict[int, int] = {}
    for child in psutil.Process(pid).children():
        line = child.cmdline()
        if name_of(child) == "web" and "--port" in line:
            found[int(line[line.index("--port") + 1])] = child.pid
    return found


def _megabytes(process: psutil.Process) -> tuple[float, bool]:
    """The proportional share when it is to be had, else the resident size."""
    try:
        share = getattr(process.memory_full_info(), "pss", None)
    except psutil.AccessDenied:
        share = None
    return (share if share is not None else process.memory_info().rss) / 1_000_000, share is not None
