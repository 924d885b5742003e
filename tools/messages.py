"""Texts to translate: gathered from templates and Python into each room's catalogues, compiled, and checked.

`python -m tools.messages`            gather into kirjaamo/<room>/locale/{sv,en}/LC_MESSAGES/django.po and compile
`python -m tools.messages --compile`  only compile the catalogues to .mo (needs nothing but the standard library)
`python -m tools.messages --check`    list texts without translation and catalogues that do not match the code; fail if any

Finnish is the source language; a text that is no longer used leaves the catalogue. No GNU gettext is needed.
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "kirjaamo"
LANGUAGES = ("sv", "en")
SIMPLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = """\
# Translations of Kirjaamo. Licence EUPL-1.2.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass
class Text:
    """One text of the code: its plural and context when it has them, and the files that use it."""

    text: str
    plural: str | None = None
    context: str | None = None
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes it one entry of a catalogue."""
        return self.context, self.text


def rooms() -> list[Path]:
    """Return the folders of rooms, registers' packages included."""
    return sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def gather(room: Path) -> dict[tuple[str | None, str], Text]:
    """Return the texts of a room in the order of its files."""
    found: dict[tuple[str | None, str], Text] = {}
    for path in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]):
        parts = path.relative_to(room).parts
        if "tests" in parts or "migrations" in parts or path.name == "tests.py":
            continue
        source = path.read_text("utf-8")
        if path.suffix != ".py":
            source = _template_as_python(source)
        for text in _texts(source, path):
            known = found.setdefault(text.key, text)
            known.plural = known.plural or text.plural
            known.places.add(path.relative_to(PACKAGE).as_posix())
    return found


def _template_as_python(source: str) -> str:
    """Turn a template's translation tags into calls, as Django's own makemessages does, and keep only those."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - --compile runs before Django is needed

    return templatize(source)


def _texts(source: str, path: Path) -> Iterator[Text]:
    """Yield the texts of a module, or of a template turned into calls."""
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call):
                yield from _of_call(node)
        return
    from babel.messages.extract import extract_python  # noqa: PLC0415 - as above

    keywords = dict.fromkeys(SIMPLE | PLURAL | CONTEXT | CONTEXT_PLURAL)
    for _line, function, messages, _comments in extract_python(BytesIO(source.encode("utf-8")), keywords, [], {}):
        given: object = messages  # one text or several, unlike what its type says
        parts = [given] if isinstance(given, str) else [part for part in messages if part]
        if parts:
            yield _text(str(function), parts)


def _of_call(node: ast.Call) -> Iterator[Text]:
    """Yield the text of one call when it is a translation of literals."""
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in SIMPLE | PLURAL | CONTEXT | CONTEXT_PLURAL:
        literals = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if literals and literals[0]:
            yield _text(name, literals)


def _text(function: str, parts: list[str]) -> Text:
    """Build a text from the literals of a call."""
    if function in CONTEXT_PLURAL and len(parts) > 2:  # noqa: PLR2004 - context, singular, plural
        return Text(parts[1], plural=parts[2], context=parts[0])
    if function in CONTEXT and len(parts) > 1:
        return Text(parts[1], context=parts[0])
    if function in PLURAL and len(parts) > 1:
        return Text(parts[0], plural=parts[1])
    return Text(parts[0])


def catalogue(room: Path, language: str) -> Path:
    """Return the path of a room's catalogue."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def update(room: Path) -> None:
    """Bring a room's catalogues in line with its code, keeping every translation that is still used."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - not needed to compile
    from babel.messages.pofile import read_po, write_po  # noqa: PLC0415 - as above

    texts = gather(room)
    for language in LANGUAGES:
        path = catalogue(room, language)
        if not texts:
            path.unlink(missing_ok=True)
            continue
        old = Catalog(locale=language)
        if path.exists():
            with path.open("rb") as file:
                old = read_po(file, locale=language)
        new = Catalog(locale=language, fuzzy=False)
        for text in texts.values():
            before = old.get(text.text, context=text.context)
            ident = (text.text, text.plural) if text.plural else text.text
            places = [(place, 0) for place in sorted(text.places)]
            new.add(ident, before.string if before else "", locations=places, context=text.context)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = BytesIO()
        write_po(body, new, width=120, omit_header=True, include_lineno=False)
        path.write_bytes(HEADER.format(language=language).encode() + body.getvalue().lstrip(b"\n"))


def faults() -> Iterator[str]:
    """Yield what is missing, unneeded or broken, in words."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not needed to compile

    for room in rooms():
        texts = gather(room)
        for language in LANGUAGES:
            path = catalogue(room, language)
            name = path.relative_to(PACKAGE.parent)
            entries = {}
            if path.exists():
                with path.open("rb") as file:
                    entries = {(entry.context, _singular(entry.id)): entry for entry in read_po(file, locale=language) if entry.id}
            for key, text in texts.items():
                entry = entries.get(key)
                translated = entry is not None and all(entry.string if isinstance(entry.string, tuple) else [entry.string])
                if not translated:
                    yield f"{name}: not translated: {text.text!r}"
                elif entry is not None and entry.fuzzy:
                    yield f"{name}: marked fuzzy: {text.text!r}"
                elif entry is not None:
                    yield from (f"{name}: {text.text!r}: {fault}" for fault in _broken(entry.id, entry.string))
            yield from (f"{name}: no longer used: {key[1]!r}" for key in entries if key not in texts)
    for language in LANGUAGES:
        yield from _two_ways(language)


def _two_ways(language: str) -> Iterator[str]:
    """Yield the texts that two rooms translate differently: at run time there is one catalogue, and one of the two would be lost."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not needed to compile

    ways: dict[tuple[str | None, str], dict[object, str]] = {}
    for path in (catalogue(room, language) for room in rooms()):
        if not path.exists():
            continue
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                if entry.id:
                    ways.setdefault((entry.context, _singular(entry.id)), {}).setdefault(entry.string, path.parents[2].parent.name)
    for (_context, text), strings in ways.items():
        if len(strings) > 1:
            told = ", ".join(f"{string!r} in {room}" for string, room in strings.items())
            yield f"{language}: {text!r} is translated in two ways, {told}: choose one, or give the text a context (pgettext)"


def _singular(ident: object) -> str:
    return str(ident[0]) if isinstance(ident, tuple | list) else str(ident)


def _broken(ident: object, string: object) -> Iterator[str]:
    """Yield the placeholders that a translation lost or invented."""
    allowed = [set(PLACEHOLDER.findall(str(part))) for part in (ident if isinstance(ident, tuple | list) else [ident])]
    for part in string if isinstance(string, tuple | list) else [string]:
        if set(PLACEHOLDER.findall(str(part))) not in allowed:
            yield f"the placeholders of {part!r} differ"


def compile_all() -> None:
    """Write a .mo beside every catalogue that is newer than it."""
    for po in PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
            mo.write_bytes(compiled(po.read_text("utf-8")))


def compiled(source: str) -> bytes:
    """Return the binary form of a catalogue (the format of GNU gettext); empty and fuzzy translations are left out."""
    pairs = sorted((key.encode(), value.encode()) for key, value in _entries(source))
    count = len(pairs)
    keys_at, values_at = 28, 28 + 8 * count
    offset = values_at + 8 * count
    keys: list[bytes] = []
    values: list[bytes] = []
    data = b""
    for column, table in ((0, keys), (1, values)):
        for pair in pairs:
            table.append(struct.pack("<II", len(pair[column]), offset + len(data)))
            data += pair[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, count, keys_at, values_at, 0, 0) + b"".join(keys) + b"".join(values) + data


def _entries(source: str) -> Iterator[tuple[str, str]]:
    """Yield key and value of each finished entry of a catalogue; plural forms are joined by NUL, a context by EOT."""
    for block in source.split("\n\n"):
        parts: dict[str, str] = {}
        name, fuzzy = "", False
        for line in block.splitlines():
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            elif line.startswith('"'):
                parts[name] += ast.literal_eval(line)
            elif line.startswith("msg"):
                name, _, rest = line.partition(" ")
                parts[name] = ast.literal_eval(rest)
        strings = [value for key, value in parts.items() if key.startswith("msgstr")]
        if "msgid" in parts and not fuzzy and all(strings) and strings:
            key = "\0".join(parts[part] for part in ("msgid", "msgid_plural") if part in parts)
            yield (f"{parts['msgctxt']}\x04{key}" if "msgctxt" in parts else key), "\0".join(strings)


def main() -> int:
    """Do what the options say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--compile", action="store_true", help="only compile")
    parser.add_argument("--check", action="store_true", help="list faults and fail when there are any")
    args = parser.parse_args()
    if args.check:
        found = list(faults())
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        return 1 if found else 0
    if not args.compile:
        for room in rooms():
            update(room)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
