"""Commands of the room: add a shared mailbox, read the mailboxes now."""

from __future__ import annotations

import argparse
import getpass
import sys
from urllib.parse import unquote, urlsplit

from django.core.management.base import CommandError

from kirjaamo.cases.actions import add_mailbox as add
from kirjaamo.cases.mailboxes import read_all
from kirjaamo.cases.models import Mailbox
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import Unit

PORTS = {"imaps": 993, "imap": 143}


def add_mailbox_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `add-mailbox`."""
    parser.add_argument("name", help="what people call the mailbox")
    parser.add_argument("address", help="imaps://user@host/FOLDER (imap:// without encryption, inside one machine only)")
    parser.add_argument("--unit", default="", help="the slug of the unit that its arrivals belong to; else the registry office routes them")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from the first line of standard input")


def add_mailbox(args: argparse.Namespace) -> int:
    """Add a shared mailbox that is read into the queue of arrivals each minute. The password is asked for and kept sealed."""
    address = urlsplit(args.address)
    if address.scheme not in PORTS or not address.hostname or not address.username:
        message = "the address must be like imaps://user@host/INBOX"
        raise CommandError(message)
    unit = Unit.objects.filter(slug=args.unit).first() if args.unit else None
    if args.unit and unit is None:
        message = f"there is no unit {args.unit}; load the authority's data pack first or check the spelling"
        raise CommandError(message)
    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else getpass.getpass("Password: ")
    add(
        args.name,
        password,
        actor=Machine("add-mailbox"),
        host=address.hostname,
        port=address.port or PORTS[address.scheme],
        tls=address.scheme == "imaps",
        username=unquote(address.username),
        folder=unquote(address.path.strip("/")) or "INBOX",
        unit=unit,
    )
    sys.stdout.write(f"The mailbox {args.name} is read from now on.\n")
    return 0


def read_mailboxes(_args: argparse.Namespace) -> int:
    """Read the shared mailboxes into the queue of arrivals now, as the worker does each minute."""
    new = read_all()
    sys.stdout.write(f"{new} new arrivals.\n")
    troubles = Mailbox.objects.filter(in_use=True).exclude(trouble="")
    for mailbox in troubles:
        sys.stderr.write(f"{mailbox.name}: {mailbox.trouble}\n")
    return 1 if troubles else 0
