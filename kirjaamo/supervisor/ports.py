"""The web server's port: the one asked for, or the next free one."""

from __future__ import annotations

import errno
import socket

from kirjaamo.supervisor.errors import SupervisorError

DEFAULT = 8000
TRIES = 50


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            message = f"The server cannot listen at {host}, port {port}: {error.strerror}. Choose another: HOST=127.0.0.1 PORT=8000."
            raise SupervisorError(message) from error
    return True


def next_free(host: str, first: int) -> int:
    """Return the first free port from `first` on."""
    for port in range(first, first + TRIES):
        if is_free(host, port):
            return port
    message = f"Ports {first}–{first + TRIES - 1} are all in use. Name a free one: KIRJAAMO_PUBLIC_PORT=9001."
    raise SupervisorError(message)


def any_free(host: str = "127.0.0.1") -> int:
    """Return a port that the system picks."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def choose(host: str, wanted: int | None) -> tuple[int, str]:
    """Return the port and, when it is not the expected one, a sentence that says so.  A port asked for is never replaced."""
    if wanted is not None:
        if is_free(host, wanted):
            return wanted, ""
        message = f"Port {wanted} is in use by another program. Choose another one, for example PORT={wanted + 1}."
        raise SupervisorError(message)
    for port in range(DEFAULT, DEFAULT + TRIES):
        if is_free(host, port):
            return port, "" if port == DEFAULT else f"Port {DEFAULT} is in use by another program, so port {port} is taken."
    message = f"Ports {DEFAULT}–{DEFAULT + TRIES - 1} are all in use. Name a free one: PORT=9000."
    raise SupervisorError(message)
