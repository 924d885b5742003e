"""The plan as one table, the same for CSV and Excel: what is exported can be brought back without loss.

A row is a class or a node; `parent` is the code of the class above, or the key of the node above. Rules are what is said there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kirjaamo.tos.outline import Outline
from kirjaamo.tos.rules import EMPTY, FIELDS

LANGUAGES = ("fi", "sv", "en")
TEXTS = ("title", "description", "note", "specifier")
FACTS = ("type_code", "terminal", "required", "deadline", "source", "internal", "template", "sources", "proposed")
COLUMNS = (
    "kind", "class", "key", "parent", "code",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    *FACTS,
    *FIELDS,
)  # fmt: skip
FLAGS = ("terminal", "required", "proposed", "identity_code")
LISTS = ("sources", "grounds", "retention_norms", "systems")
NUMBERS = tuple(name for name, value in EMPTY.items() if name.endswith("years"))
DANGER = ("=", "+", "-", "@", "\t", "\r")


def rows_of(trees: Iterable[Outline], codes: Mapping[int, str]) -> Iterator[dict[str, str]]:
    """The rows of revisions; `codes`: the code of each class by its id, for the parents."""
    for tree in trees:
        revision = tree.revision
        yield _row(
            kind="class",
            code=revision.code,
            parent=codes.get(revision.parent_id or 0, ""),
            texts={"title": revision.title, "description": revision.description, "note": revision.note},
            facts={name: getattr(revision, name) for name in ("internal", "template", "sources", "proposed")},
            rule=revision.rules,
            class_code=revision.code,
            key="",
        )
        above: dict[Any, str] = {}
        for place in tree:
            above |= {child.node.key: str(place.node.key) for child in place.children}
            node = place.node
            yield _row(
                kind=str(node.kind),
                code=node.code,
                parent=above.get(node.key, ""),
                texts={"title": node.title, "note": node.note, "specifier": node.specifier},
                facts={name: getattr(node, name) for name in ("type_code", "terminal", "required", "deadline", "source")},
                rule=node.said,
                class_code=revision.code,
                key=str(node.key),
            )


def _row(
    *,
    kind: str,
    code: str,
    parent: str,
    texts: Mapping[str, Mapping[str, str]],
    facts: Mapping[str, Any],
    rule: Mapping[str, Any],
    class_code: str,
    key: str,
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | {"kind": kind, "class": class_code, "key": key, "parent": parent, "code": code}
    row |= {f"{name}_{language}": text.get(language, "") for name, text in texts.items() for language in LANGUAGES}
    row |= {name: cell(name, value) for name, value in {**facts, **rule}.items()}
    return {name: safe(value) for name, value in row.items()}


def cell(name: str, value: Any) -> str:
    """A value as a cell: lists by semicolons, flags as 1 and 0, the text of an event as JSON."""
    if name in FLAGS:
        return "1" if value else "0"
    if name in LISTS:
        return ";".join(value)
    if name == "secrecy_event":
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGER) else text


def plain(text: object) -> str:
    """A cell as it was before `safe`."""
    value = "" if text is None else str(text).strip()
    return value[1:] if value.startswith("'") and value[1:].startswith(DANGER) else value


def value_of(name: str, text: str) -> Any:
    """A cell as a value; `ValueError` when it is not of its kind. Empty means: not said."""
    if name in FLAGS:
        if text not in {"0", "1"}:
            raise ValueError(text)
        return text == "1"
    if name in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if name in NUMBERS:
        return int(float(text)) if float(text).is_integer() else int(text)
    if name == "secrecy_event":
        told = json.loads(text)
        if not isinstance(told, dict):
            raise ValueError(text)
        return told
    return text


def rule_of(row: Mapping[str, str]) -> tuple[dict[str, Any], Sequence[str]]:
    """What a row says of the rule, and the names of cells that are not of their kind."""
    rule: dict[str, Any] = {}
    wrong: list[str] = []
    for name in FIELDS:
        if text := row.get(name, ""):
            try:
                rule[name] = value_of(name, text)
            except ValueError:
                wrong.append(name)
    return rule, wrong
