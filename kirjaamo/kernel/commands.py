"""Commands of the kernel."""

from __future__ import annotations

import argparse
import sys

from kirjaamo.kernel import journal


def verify_journal(args: argparse.Namespace) -> int:
    """Read the whole journal and tell whether anything in it was altered after it was written.

    Every entry's hash, every block's seal and the chain between blocks are computed again. Exit status 1 and the place of
    each fault when something does not match.
    """
    del args
    verdict = journal.verify()
    sys.stdout.write(f"{verdict.entries} entries, {verdict.blocks} blocks, {verdict.unsealed} not yet sealed\n")
    for fault in verdict.faults:
        sys.stdout.write(f"FAULT: {fault}\n")
    sys.stdout.write("The journal is whole.\n" if verdict.whole else "The journal has been altered.\n")
    return 0 if verdict.whole else 1
