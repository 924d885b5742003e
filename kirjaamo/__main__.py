"""`python -m kirjaamo` is the same as the command `kirjaamo`."""

from __future__ import annotations

import sys

from kirjaamo.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
