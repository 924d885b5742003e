"""Commands of the room: make an account."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.actions import create_user as make
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role


def create_user_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `create-user`."""
    parser.add_argument("username", help="the name that the person signs in with")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        choices=Role.values,
        metavar="ROLE",
        help=f"one of {', '.join(Role.values)}; repeat for several",
    )
    parser.add_argument("--unit", default="", help="the slug of the person's unit")
    parser.add_argument(
        "--register", action="append", default=[], metavar="SLUG", help="a register that a register_worker works in; repeat"
    )
    parser.add_argument("--email", default="")
    parser.add_argument("--language", default="fi", choices=("fi", "sv", "en"))
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from the first line of standard input instead of asking for it"
    )


def create_user(args: argparse.Namespace) -> int:
    """Make an account for a person who works here. The password is asked for, never given on the command line."""
    if User.objects.filter(username=args.username.strip().lower()).exists():
        message = f"there is already an account {args.username}"
        raise CommandError(message)
    unit = Unit.objects.filter(slug=args.unit).first() if args.unit else None
    if args.unit and unit is None:
        message = f"there is no unit {args.unit}; load the authority's data pack first or check the spelling"
        raise CommandError(message)
    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else _asked()
    try:
        make(
            args.username,
            args.name,
            password,
            roles=[Role(role) for role in args.role],
            actor=Machine("create-user"),
            since=timezone.localdate(),
            unit=unit,
            email=args.email,
            language=args.language,
            registers=args.register,
        )
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    sys.stdout.write(f"The account {args.username.strip().lower()} is made.\n")
    return 0


def _asked() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        message = "the passwords differ"
        raise CommandError(message)
    return password
