"""The program's own settings, and one bare view beside its pages to compare them with."""

from __future__ import annotations

from kirjaamo.config.settings import *  # noqa: F403 - exactly the same, but for the addresses

ROOT_URLCONF = "benchmarks.urls"
