"""Tools of the people who build Kirjaamo; nothing here is part of the program."""

from __future__ import annotations
