"""Commands of the room: rotate the keys of what is sealed."""

from __future__ import annotations

import argparse
import sys

from kirjaamo.subjects import rotation


def rotate_keys_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `rotate-keys`."""
    parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows in one transaction")


def rotate_keys(args: argparse.Namespace) -> int:
    """Make new keys, seal everything anew with them, and let the old ones go. May be stopped and run again at any time.

    The program keeps running meanwhile: both old and new keys open and find until every value is sealed anew. The key file as
    it was stays beside the new one under its day; keep it as long as backups from before are kept.
    """
    copy = rotation.begin()
    sys.stdout.write(f"The keys as they were: {copy}\n" if copy else "Going on with the rotation that was begun.\n")
    done = rotation.rotate(args.report, args.batch)
    if rotation.end():
        sys.stdout.write("Rows that never change keep the old key, which stays in the key file for opening them.\n")
    sys.stdout.write(f"{done} rows were sealed anew. Back up the key file now, apart from the database.\n")
    return 0
