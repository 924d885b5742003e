"""Commands of the contract: write the handbook of registers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings

from kirjaamo.contract.handbook import pages
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.packs import read_pack

FOLDER = Path("docs") / "registers"


def handbook_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `handbook`."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit with status 1 when a page is missing, stale or left over")
    parser.add_argument(
        "--to", type=Path, default=settings.PACKAGE.parent / FOLDER, metavar="FOLDER", help="where the pages are (default: docs/registers)"
    )


def handbook(args: argparse.Namespace) -> int:
    """Write the pages of docs/registers: one for each register in use, and the list of all systems of the data pack.

    Everything in them comes from the declarations and the data pack, so they are never written by hand.
    """
    made = pages(list(REGISTERS.values()), read_pack(settings.PACK))
    held = {path.name: path.read_text("utf-8") for path in sorted(args.to.glob("*.md"))} if args.to.is_dir() else {}
    changed = sorted(name for name in made if made[name] != held.get(name))
    over = sorted(set(held) - set(made))
    if args.check:
        for name in changed:
            sys.stdout.write(f"{args.to / name} is {'stale' if name in held else 'missing'}: run `kirjaamo handbook`.\n")
        for name in over:
            sys.stdout.write(f"{args.to / name} belongs to no register in use: run `kirjaamo handbook`.\n")
        return 1 if changed or over else 0
    args.to.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (args.to / name).write_text(made[name], "utf-8")
    for name in over:
        (args.to / name).unlink()
    sys.stdout.write(f"{len(made)} pages: {len(changed)} written, {len(over)} removed\n")
    return 0
