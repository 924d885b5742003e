"""Commands of the public face."""

from __future__ import annotations

import argparse
import sys
import uuid

from django.db import connection
from django.utils import timezone

from kirjaamo.face import fingerprint
from kirjaamo.face.actions import give_rights, keep_arrival_key, loosen, mend, rebuild, retry_arrival
from kirjaamo.face.comparing import compare
from kirjaamo.face.models import Arrival, ArrivalState
from kirjaamo.kernel.actors import Machine

MACHINE = Machine("face")


def compare_public_face_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `compare-public-face`."""
    parser.add_argument("--mend", action="store_true", help="bring what differs to what it must be")


def compare_public_face(args: argparse.Namespace) -> int:
    """Compare the public face with the whole register and name every row that differs; exit status 1 when one does.

    Keys and columns are told, never values. The worker does this every night and mends what it finds.
    """
    found = mend(actor=MACHINE) if args.mend else compare(timezone.now())
    for one in found:
        sys.stdout.write(f"{one}\n")
    sys.stdout.write("The public face is as the register.\n" if not found else f"{len(found)} rows differ.\n")
    return 1 if found else 0


def rebuild_public_face(args: argparse.Namespace) -> int:
    """Fill the public face anew from the register. Safe to repeat; an upgrade does it by itself when it must."""
    del args
    rebuild(actor=MACHINE)
    return 0


def before_migrating() -> None:
    """Free the tables that are mirrored, so that they may change; what follows makes the public face anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public_face.face_state') IS NOT NULL")
        (present,) = cursor.fetchone()
    if present:
        loosen(actor=MACHINE)


def keep_current() -> bool:
    """Fill the public face anew when a declared publicity changed since it was made; tell whether it was."""
    if fingerprint.is_current():
        give_rights(actor=MACHINE)
        keep_arrival_key(actor=MACHINE)
        return False
    rebuild(actor=MACHINE)
    return True


def arrival_boxes_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `arrival-boxes`."""
    parser.add_argument("--retry", default="", metavar="KEY", help="let the box of this key wait again, or `all` that failed")


def arrival_boxes(args: argparse.Namespace) -> int:
    """Tell of the boxes that the public process put in and that are not registered: key, kind, time, why; or let them wait again.

    What is in a box is never shown. Exit status 1 while one has failed.
    """
    failed = Arrival.objects.filter(state=ArrivalState.FAILED)
    if args.retry:
        chosen = failed if args.retry == "all" else failed.filter(key__in=_key(args.retry))
        again = [retry_arrival(one, actor=MACHINE) for one in chosen]
        sys.stdout.write(f"{len(again)} boxes wait again.\n")
        return 0 if again else 1
    for one in Arrival.objects.exclude(state=ArrivalState.TAKEN).defer("box"):
        sys.stdout.write(f"{one.key}  {one.kind}  {one.arrived_at:%Y-%m-%d %H:%M:%S}  {one.state}  {one.problem}\n")
    sys.stdout.write(f"{failed.count()} boxes could not be registered.\n")
    return 1 if failed.exists() else 0


def _key(text: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
