"""Reading a data pack: TOML files of an authority, with errors that name the file and the entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class PackError(ValueError):
    """Something in a pack is wrong: says the file, the entry and what to do."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        """Name the place and the problem."""
        super().__init__(f"{file}: {entry}: {problem}")


@dataclass(frozen=True)
class Item:
    """One entry of a pack with the file it stands in."""

    file: str
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """How errors call the entry."""
        return str(self.values.get("slug") or self.values.get("code") or self.values.get("number") or "?")

    def need(self, key: str) -> Any:
        """A value that must be there."""
        if key not in self.values:
            raise self.problem(f"'{key}' is missing")
        return self.values[key]

    def text(self, key: str) -> dict[str, str]:
        """A text in three languages; a plain text serves all; absent is empty."""
        value = self.values.get(key, {})
        if isinstance(value, str):
            return {"fi": value}
        return dict(value)

    def get(self, key: str, default: Any = None) -> Any:
        """A value or the default."""
        return self.values.get(key, default)

    def items(self, key: str) -> Iterator[Item]:
        """Entries nested under this one."""
        for value in self.values.get(key, []):
            yield Item(self.file, value)

    def problem(self, text: str) -> PackError:
        """An error that names this entry."""
        return PackError(self.file, self.name, text)


@dataclass(frozen=True)
class Pack:
    """An authority's data pack: a folder of TOML files, read once."""

    folder: Path
    tables: Mapping[str, tuple[Item, ...]]
    authority: Mapping[str, Any]

    def items(self, kind: str) -> tuple[Item, ...]:
        """All entries of a kind over all files, in the order of file names."""
        return self.tables.get(kind, ())


def read_pack(folder: Path) -> Pack:
    """Read every TOML file below the folder; a file that is no TOML is named in the error."""
    if not (folder / "authority.toml").is_file():
        raise PackError(str(folder), "authority.toml", "not found: this is no data pack")
    tables: dict[str, list[Item]] = {}
    authority: Mapping[str, Any] = {}
    for path in sorted(folder.rglob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PackError(str(path.relative_to(folder)), "file", f"cannot be read: {error}") from error
        if path.name == "authority.toml":
            authority = content
            continue
        for kind, values in content.items():
            if isinstance(values, list):
                tables.setdefault(kind, []).extend(Item(str(path.relative_to(folder)), value) for value in values)
    return Pack(folder, {kind: tuple(items) for kind, items in tables.items()}, authority)
