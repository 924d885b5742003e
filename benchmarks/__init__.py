"""The performance harness: `make bench`. It measures and compares, and never fails on a limit."""

from __future__ import annotations
