"""A closed-loop HTTP client: some connections, each sends its next request when the last answer is whole.

Plain sockets, since on a small machine the client shares the processor with the server and must cost little.
Run as `python -m benchmarks.client HOST PORT SECONDS CONNECTIONS PATH …`; several paths are asked for in turn. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

END_OF_HEAD = b"\r\n\r\n"


@dataclass
class Tally:
    """What one connection saw: milliseconds of each answer, bytes of the last body, statuses other than 200."""

    times: list[float] = field(default_factory=list)
    size: int = 0
    others: dict[str, int] = field(default_factory=dict)


def ask(connection: socket.socket, request: bytes) -> tuple[bytes, int]:
    """Send a request; return the status and the length of the body after reading all of it."""
    connection.sendall(request)
    held = b""
    while END_OF_HEAD not in held:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection")
        held += more
    head, _, body = held.partition(END_OF_HEAD)
    lines = head.lower().split(b"\r\n")
    told = next((line for line in lines if line.startswith(b"content-length:")), None)
    if told is None:
        raise ConnectionError("the answer has no length")
    wanted = int(told.split(b":")[1])
    left = wanted - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 262144)))
    return head.split(b" ", 2)[1], wanted


def loop(address: tuple[str, int], requests: Iterator[bytes], until: float, tally: Tally, good: bytes = b"200") -> None:
    """Ask again and again until the time is up or there is nothing more to ask; a status other than the good one is told."""
    with socket.create_connection(address, timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (began := time.perf_counter()) < until:
            if (request := next(requests, None)) is None:
                break
            status, tally.size = ask(connection, request)
            tally.times.append((time.perf_counter() - began) * 1000)
            if status != good:
                tally.others[status.decode()] = tally.others.get(status.decode(), 0) + 1


def measure(host: str, port: int, *paths: str, seconds: float, connections: int, cookie: str = "") -> dict[str, object]:
    """Return requests per second and milliseconds of the middle and the slow answers, over the paths in turn."""
    more = f"Cookie: {cookie}\r\n" if cookie else ""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Language: fi\r\n{more}Connection: keep-alive\r\n\r\n".encode()
        for path in paths
    ]
    starts = [number * len(requests) // connections for number in range(connections)]
    return run((host, port), [cycle(requests[start:] + requests[:start]) for start in starts], seconds=seconds)


def run(address: tuple[str, int], streams: Sequence[Iterator[bytes]], *, seconds: float, good: bytes = b"200") -> dict[str, object]:
    """Send each stream of requests over a connection of its own at the same time; return what was seen."""
    tallies = [Tally() for _ in streams]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=loop, args=(address, stream, began + seconds, tally, good))
        for stream, tally in zip(streams, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return summary(tallies, time.perf_counter() - began)


def summary(tallies: Sequence[Tally], spent: float) -> dict[str, object]:
    """What all connections saw together in so many seconds."""
    times = sorted(one for tally in tallies for one in tally.times)
    others = {status: sum(tally.others.get(status, 0) for tally in tallies) for tally in tallies for status in tally.others}
    return {
        "count": len(times),
        "per_second": round(len(times) / spent, 1),
        "p50_ms": round(times[len(times) // 2], 2) if times else None,
        "p95_ms": round(times[int(len(times) * 0.95)], 2) if times else None,
        "bytes": tallies[0].size,
        "other_statuses": others,
    }


def main() -> int:
    """Measure some addresses."""
    host, port, seconds, connections, *paths = sys.argv[1:]
    cookie = os.environ.get("BENCH_COOKIE", "")
    found = measure(host, int(port), *paths, seconds=float(seconds), connections=int(connections), cookie=cookie)
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
