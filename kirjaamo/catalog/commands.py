"""Commands of the room: read a data pack, read published pages, make the search anew, write the description to files."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.utils import timezone, translation

from kirjaamo.cases.actions import load_class_words, load_confidential
from kirjaamo.cases.publicity.actions import load_web_rules
from kirjaamo.catalog import drafting, exports, importing, reading
from kirjaamo.catalog.actions import load_catalog, reindex, store_draft
from kirjaamo.catalog.models import Draft, ItemState
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.packs import read_pack
from kirjaamo.organisation.actions import load_organisation
from kirjaamo.tos.actions import load_plan
from kirjaamo.ui.languages import LANGUAGES

LOADER = Machine("load")
STEPS = 5


def load_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder of the pack."""
    parser.add_argument("pack", type=Path, metavar="PACK", help="folder of the data pack, such as authorities/helsinki")


def load(args: argparse.Namespace) -> int:
    """Read a data pack into the program: law, organisation, plan and catalog.

    Loading the same pack again changes nothing; a changed pack changes what differs. An error names the file and the entry.
    """
    report: Callable[[int, int, str], None] = getattr(args, "report", lambda *_: None)
    pack = read_pack(args.pack)
    report(0, STEPS, "law")
    load_norms = _norms()
    if load_norms:
        load_norms(actor=LOADER)
    report(1, STEPS, "organisation")
    load_organisation(pack, actor=LOADER)
    report(2, STEPS, "plan")
    made = load_plan(pack, actor=LOADER, on=timezone.localdate())
    load_web_rules(pack, actor=LOADER)
    load_class_words(pack, actor=LOADER)
    load_confidential(pack, since=timezone.localdate(), actor=LOADER)
    report(3, STEPS, "catalog")
    counts = load_catalog(pack, actor=LOADER)
    report(4, STEPS, "search")
    indexed = reindex(actor=LOADER)
    report(STEPS, STEPS, "ready")
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    sys.stdout.write(
        f"{told}; {made} new revisions of the plan; {indexed.written} pages written, {indexed.same} unchanged, {indexed.removed} removed\n"
    )
    return 0


def _norms() -> Callable[..., Any] | None:
    """The loader of the room of norms, when that room offers one."""
    if find_spec("kirjaamo.norms.actions") is None:
        return None
    found: Callable[..., Any] | None = getattr(import_module("kirjaamo.norms.actions"), "load_norms", None)
    return found


def import_description_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pages."""
    parser.add_argument("pages", type=Path, nargs="+", metavar="PAGE", help="text or HTML file of a published description")
    parser.add_argument("--report-only", action="store_true", help="print what was read and keep nothing")


def import_description(args: argparse.Namespace) -> int:
    """Read published descriptions into drafts that a person reviews; print what was recognised and what was left over.

    Nothing enters the catalog before someone accepts it (Työtila, Tuonnit). The same page again shows the difference only.
    """
    read: list[tuple[importing.Page, importing.Draft]] = []
    failed = False
    for path in args.pages:
        try:
            page = importing.read_page(page_bytes(path), path.name)
        except importing.PageProblem as problem:
            sys.stderr.write(f"{problem.fi}\n")
            failed = True
            continue
        read.append((page, importing.parse(page)))
    matching = importing.match([draft for _page, draft in read], drafting.known_entries())
    for page, draft in read:
        sys.stdout.write(importing.render_text(draft, matching, page=page) + "\n")
        if not args.report_only:
            sys.stdout.write(_kept(store_draft(page, draft, matching, actor=Machine("import-description"))))
    return 1 if failed else 0


def page_bytes(path: Path) -> bytes:
    """Read a page, but no more of it than the importer takes; a file that cannot be read is a problem with its name."""
    try:
        with path.open("rb") as file:
            return file.read(importing.MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _kept(draft: Draft) -> str:
    states = Counter(draft.items.values_list("state", flat=True))
    waiting = states[ItemState.OPEN]
    standing = states[ItemState.STANDING]
    settled = sum(states.values()) - waiting - standing
    return f"Tuonti {draft.pk}: tarkistettavana {waiting}, jo luettelossa {standing}, ratkaistu {settled}.\n\n"


def rebuild_search(args: argparse.Namespace) -> int:
    """Make every page of the description and its search words anew, for example after the dictionary has changed."""
    del args
    indexed = reindex(actor=Machine("rebuild-search"), everything=True)
    sys.stdout.write(f"{indexed.written} pages written\n")
    return 0


def generate_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder to write to."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder for the files; made when it is not there")


def generate(args: argparse.Namespace) -> int:
    """Write the description to files that need no program: JSON with everything, CSV in Finnish, Swedish and English."""
    args.folder.mkdir(parents=True, exist_ok=True)
    entries = reading.everything()
    files = {"kuvaus.json": exports.as_json(entries, {"version": None})}
    for language in LANGUAGES:
        with translation.override(language):
            files[f"kuvaus.{language}.csv"] = exports.as_csv(entries, language)
    for name, text in files.items():
        (args.folder / name).write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"{args.folder / name}\n")
    return 0
