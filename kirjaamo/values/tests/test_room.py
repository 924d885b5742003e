"""The room itself: plain Python that loads no framework."""

from __future__ import annotations

import subprocess
import sys

import kirjaamo.values as room


def test_importing_the_values_loads_no_django() -> None:
    probe = "import sys, kirjaamo.values; print(sorted(n for n in sys.modules if 'django' in n))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    assert all(hasattr(room, name) for name in room.__all__)
    assert len(room.__all__) == len(set(room.__all__))
