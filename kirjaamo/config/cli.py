"""The command line `kirjaamo`: a table of commands, each offered by the room that it belongs to.

A room offers a command in its `commands.py`: `def name(args) -> int` with `def name_arguments(parser)` beside it when it has
options. The first paragraph of the docstring is the help. `args.report(done, total, what)` shows progress. A command
whose module or function is not there is not listed. Django is loaded only for commands that need it.
"""

from __future__ import annotations

import argparse
import ast
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from kirjaamo import __version__
from kirjaamo.config.words import use_shared_analyser
from kirjaamo.supervisor import database, environment
from kirjaamo.supervisor.errors import SupervisorError
from kirjaamo.supervisor.parts import words_available as words
from kirjaamo.supervisor.progress import Progress

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Command:
    """Where a command is, and what it needs: Django loaded, the database (both or Django alone), words."""

    function: str
    django: bool = True
    database: bool = True
    words: bool = False
    hidden: bool = False


COMMANDS: dict[str, Command] = {
    "demo": Command("kirjaamo.supervisor.commands:demo", django=False),
    "serve": Command("kirjaamo.supervisor.commands:serve", django=False),
    "worker": Command("kirjaamo.config.commands:worker"),
    "migrate": Command("kirjaamo.config.commands:migrate", words=True),
    "load": Command("kirjaamo.catalog.commands:load", words=True),
    "import-description": Command("kirjaamo.catalog.commands:import_description", words=True),
    "export-description": Command("kirjaamo.catalog.commands:generate"),
    "check": Command("kirjaamo.config.commands:check"),
    "generate": Command("kirjaamo.cases.commands:generate", words=True),
    "handbook": Command("kirjaamo.contract.commands:handbook", database=False),
    "verify-journal": Command("kirjaamo.kernel.commands:verify_journal"),
    "verify-files": Command("kirjaamo.documents.commands:verify_files"),
    "compare-public-face": Command("kirjaamo.face.commands:compare_public_face", words=True),
    "arrival-boxes": Command("kirjaamo.face.commands:arrival_boxes", words=True),
    "rebuild-public-face": Command("kirjaamo.face.commands:rebuild_public_face", words=True),
    "rebuild-search": Command("kirjaamo.catalog.commands:rebuild_search", words=True),
    "rotate-keys": Command("kirjaamo.subjects.commands:rotate_keys"),
    "create-user": Command("kirjaamo.organisation.commands:create_user"),
    "add-mailbox": Command("kirjaamo.cases.mailbox_commands:add_mailbox"),
    "read-mailboxes": Command("kirjaamo.cases.mailbox_commands:read_mailboxes", words=True),
    "reset": Command("kirjaamo.supervisor.commands:reset", django=False),
    "prepare": Command("kirjaamo.config.commands:prepare", words=True, hidden=True),
}
EPILOGUE = """\
Without DATABASE_URL the program uses a PostgreSQL of its own in the data folder (KIRJAAMO_DATA, by default var/ in the checkout).
`kirjaamo COMMAND --help` tells more of a command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status.  What goes wrong is told in a sentence, not in a trace."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        name = given[0] if given and given[0] in present() else _general_parser().parse_args(given).command
        return _run(name, given[1:])
    except (SupervisorError, environment.WrongEnvironmentError) as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("interrupted")
    except Exception as error:
        if _expected(error):
            return _fail(str(error))
        raise


def _run(name: str, argv: Sequence[str]) -> int:
    """Run a command with what it needs around it; `--help` needs no database."""
    command = COMMANDS[name]
    if not command.django:
        return call(name, argv, Progress())
    progress = Progress()
    with _django(command, running=not {"-h", "--help"} & set(argv)):
        try:
            return call(name, argv, progress)
        finally:
            progress.finish()


def call(name: str, argv: Sequence[str], report: Callable[[int, int, str], None]) -> int:
    """Run a command in this process, also from within another one; `report` shows its progress."""
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(prog=f"kirjaamo {name}", description=_help(command))
    if _definition(f"{command.function}_arguments"):
        _function(f"{command.function}_arguments")(parser)
    args = parser.parse_args(argv)
    args.report = report
    return _function(command.function)(args) or 0


@contextmanager
def _django(command: Command, *, running: bool) -> Iterator[None]:
    """Load Django on the database at hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirjaamo.config.settings")
    os.environ.setdefault("KIRJAAMO_MODE", "production" if environment.text("DATABASE_URL") else "demo")
    data = environment.data_folder()
    reached = database.available(data) if running and command.database else nullcontext()
    with reached, words(data) if command.words and running else nullcontext():
        import_module("django").setup()
        use_shared_analyser()
        yield


def _function(name: str) -> Callable[..., int]:
    module, _, function = name.partition(":")
    found: Callable[..., int] = getattr(import_module(module), function)
    return found


def _expected(error: Exception) -> bool:
    """Tell whether the error was made to be read by people (`KirjaamoError` of the kernel, Django's `CommandError`)."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"KirjaamoError", "CommandError", "PackError"})


def _fail(text: str) -> int:
    sys.stderr.write(f"kirjaamo: {text}\n")
    return 1


@cache
def _source(module: str) -> ast.Module | None:
    """Return the parsed module without importing it, or None when there is none."""
    path = PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text("utf-8")) if path.is_file() else None


def _definition(name: str) -> ast.FunctionDef | None:
    """Return the definition of `module:function`, or None when it is not there."""
    module, _, function = name.partition(":")
    tree = _source(module)
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function) if tree else iter(())
    return next(found, None)


def present() -> dict[str, Command]:
    """Return the commands whose room offers them."""
    return {name: command for name, command in COMMANDS.items() if _definition(command.function)}


def _help(command: Command) -> str:
    """Return the first paragraph of the function's docstring."""
    definition = _definition(command.function)
    text = ast.get_docstring(definition) if definition else None
    return (text or "").split("\n\n")[0].replace("\n", " ").replace("%", "%%")


def _general_parser() -> argparse.ArgumentParser:
    """Build the parser that lists the commands."""
    parser = argparse.ArgumentParser(
        prog="kirjaamo",
        description="Case register, description of information, information requests and registers of a public authority.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"kirjaamo {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in present().items():
        if not command.hidden:
            commands.add_parser(name, help=_help(command).split(". ")[0].rstrip("."))
    return parser
