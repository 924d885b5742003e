"""Commands of the room: make a large invented city."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from kirjaamo.cases.actions.generating import generate_cases, setting_of
from kirjaamo.kernel.actors import Machine

BATCH = 500


def generate_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `generate`."""
    parser.add_argument("--cases", type=int, required=True, metavar="N", help="how many, each with parties, documents and history")
    parser.add_argument("--seed", type=int, default=1, help="another number gives another city (default: %(default)s)")


def generate(args: argparse.Namespace) -> int:
    """Add many invented cases to the database, for measuring and for trying lists that are long.

    The authority's data pack must be loaded. What is made is spread over five years and all classes of the plan; most cases have ended.
    """
    setting = setting_of(args.seed, timezone.localdate())
    if not setting.classes:
        sys.stderr.write("No class of the plan takes cases: load the authority's data pack first (kirjaamo load).\n")
        return 1
    made = 0
    while made < args.cases:
        made += generate_cases(setting, min(BATCH, args.cases - made), actor=Machine("generate"))
        args.report(made, args.cases, "cases")
    return 0
