"""The top of the house: settings, addresses, the rooms in use, and the command line."""

from __future__ import annotations
