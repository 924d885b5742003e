"""Makes the program ready, then follows orders (`tests.crash.victim`)."""

from __future__ import annotations

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("tests.crash.victim").main()
