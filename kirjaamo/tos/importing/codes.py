"""Codes by the names under which files bring them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kirjaamo.tos.models import CodeValue

POINT = re.compile(r"julkl\s*(?:\(621/1999\)\s*)?24\.?\s*1\s*§\s*(?:mom\.?\s*)?(\d+\s?[a-c]?)\s*(?:k|kohta|kohdan)?\.?$")


def plain(text: object) -> str:
    """A name without differences of case and space."""
    return " ".join(str(text).split()).casefold()


class Names:
    """All code lists by name, read in one statement."""

    def __init__(self, values: Iterable[CodeValue] | None = None) -> None:
        """Read the lists, or take the values given."""
        self._lists: dict[str, dict[str, str]] = {}
        for value in CodeValue.objects.all() if values is None else values:
            names = self._lists.setdefault(value.list_name, {})
            for name in (value.code, *value.label.values(), value.sahke2, value.ahjo, *value.names):
                if name:
                    names.setdefault(plain(name), value.code)

    def code(self, list_name: str, name: object) -> str | None:
        """The code that a name means in a list; None when nothing is known by it."""
        return self._lists.get(list_name, {}).get(plain(name))

    def ground(self, name: object) -> str | None:
        """The ground of secrecy that a citation means: `JulkL 24.1 § 25 kohta` → `JulkL-24-1-25`."""
        found = POINT.match(plain(name))
        if found:
            return f"JulkL-24-1-{found.group(1).replace(' ', '')}"
        return self.code("SecurityReason", name)
