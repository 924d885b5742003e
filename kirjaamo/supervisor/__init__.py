"""The supervisor: PostgreSQL from a wheel and the program's own processes, started, watched and stopped together."""

from __future__ import annotations
