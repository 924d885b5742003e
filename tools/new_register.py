"""`make new-register education/example`: write a register that works and keeps the contract, to be changed into the one that is needed.

What it writes: the package (rows, declaration, tests, invented data, first migration), its line among the registers in use, and its
entry in the data pack. docs/howto/add-a-register.md tells what each part is for.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNITS = {"education": "kasvatuksen-ja-koulutuksen-toimiala", "leisure": "kulttuurin-ja-vapaa-ajan-toimiala"}
NAME = re.compile(r"(?P<heading>[a-z][a-z_]*)/(?P<name>[a-z][a-z0-9_]*)")

INIT = '"""{title}: say here in a sentence what the register is for."""\n'

MODELS = '''"""The rows of the register: what is recorded of each, and how public it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.values.publicity import Publicity

GROUND = ("JulkL-24-1-25",)
"""Why the secret fields are secret: codes of kirjaamo/norms/data/grounds.toml. Put the right ones here."""


class State(models.TextChoices):
    """How far a record has come."""

    OPEN = "open", _("Vireillä")
    DONE = "done", _("Valmis")


class {model}(Record):
    """One record. A field says its label, its publicity, its ground and whether it is personal data: once, here."""

    label = _("{title}")
    number = fields.Text(_("Numero"), max_length=20, unique=True, publicity=Publicity.PUBLIC)
    concerned = fields.Person(_("Henkilö, jota asia koskee"), null=True, blank=True, publicity=Publicity.SECRET, grounds=GROUND)
    state = fields.Choice(_("Tila"), State, default=State.OPEN, publicity=Publicity.PUBLIC)
    done_on = fields.Date(_("Valmistunut"), null=True, blank=True, publicity=Publicity.SECRET, grounds=GROUND)

    class Meta:
        """What the database refuses, each named as the sentence that is broken; `laws` of the record names the law behind one."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False),
                name="a_finished_{name}_has_its_day",
                violation_error_message=_("Kirjaa päivä, jona tieto valmistui."),
            ),
        )

    def __str__(self) -> str:
        """The number, which is public: a title never tells a secret."""
        return str(self.number)
'''

REGISTER = '''"""{title}: what is true of the register anywhere. Unit, class and connection stand in the data pack."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask
from kirjaamo.registers.{heading}.{name}.models import {model}

register = declare(
    Register(
        slug="{slug}",
        title=_("{title}"),
        purpose=_("{title}"),
        model={model},
        columns=["number", "concerned", "state", "done_on"],
        filters=["state"],
        search_keys=[
            SearchKey("number", _("Numero"), _("Mikä numero on, jos tiedät sen?")),
            SearchKey("concerned", _("Nimi tai henkilötunnus"), _("Ketä tieto koskee?"), kind="person", secret=True),
        ],
        person="concerned",
        tasks=[
            CommonTask(_("Lisää tieto"), _("Lisää-painike avaa lomakkeen; sarkain vie kentästä toiseen ja Ctrl+Enter tallentaa.")),
            CommonTask(
                _("Merkitse valmiiksi"), _("2 näyttää vireillä olevat; j ja Enter avaavat tiedon, muuta tila ja päivä."), where="state=open"
            ),
            CommonTask(_("Etsi"), _("Vinoviiva vie hakuun; kirjoita numero, nimi tai henkilötunnus ja paina Enter.")),
            CommonTask(_("Katso valmiit"), _("4 näyttää valmiit."), where="state=done"),
            CommonTask(_("Vie taulukkona"), _("Rajaa luettelo ja valitse sen alta CSV, XLSX tai JSON.")),
        ],
    )
)
'''

TESTS = '''"""The contract, and what is particular to this register: begin with the examples that its workers would give."""

from __future__ import annotations

import pytest

from kirjaamo.contract.actions import create
from kirjaamo.contract.testing import MACHINE, RegisterTestCase
from kirjaamo.kernel.errors import BadInput
from kirjaamo.registers.{heading}.{name}.models import {model}, State
from kirjaamo.registers.{heading}.{name}.register import register
from kirjaamo.subjects.actions import add_subject


class Test{model}(RegisterTestCase):
    """Everything that the contract promises of every register is tested by this one line."""

    register = register

    def example(self) -> {model}:
        """One stored record."""
        return create({model}(number="N-1017", concerned=add_subject("Maija Meikäläinen", actor=MACHINE)), actor=MACHINE)

    def test_what_is_finished_has_its_day(self) -> None:
        """The database decides, and the person is told what was given and what to do."""
        with pytest.raises(BadInput, match=r"Kirjaa päivä.*Annettu: Tila Valmis"):
            create({model}(number="N-1018", state=State.DONE), actor=MACHINE)
'''

DEMO = '''"""Invented records, so that the register looks like one in use. Identity codes come from the range 900–999 only."""

from __future__ import annotations

from collections.abc import Callable

from kirjaamo.contract.actions import create
from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.{heading}.{name}.models import {model}
from kirjaamo.subjects.actions import add_subject

CLERK = Machine("demo")
RECORDS = 20


def make(report: Callable[[int, int, str], None]) -> None:
    """Some records, each of a person of its own."""
    for number in range(1, RECORDS + 1):
        person = add_subject(f"Keksitty Henkilö {{number}}", actor=CLERK)
        create({model}(number=f"N-{{number:04}}", concerned=person), actor=CLERK)
        report(number, RECORDS, "{slug}")
'''

PACK = """# {title}: what is true of the register in this authority.
[[system]]
slug = "{slug}"
heading = "{heading}"
title = {{fi = "{title}", sv = "{title}", en = "{title}"}}
purpose = {{fi = "{title}", sv = "{title}", en = "{title}"}}
controller = "own"
connection = "home"
state = "in_use"
feeds_case_register = "no"
feeds_service_data = "unknown"
open_interface = "no"
classes = []
decided_by = "{unit}"
owners = [{{unit = "{unit}"}}]
access = {{kind = "partly", grounds = []}}
"""


def main() -> int:
    """Write the register that the command line names; refuse a name that is taken or no name."""
    parser = argparse.ArgumentParser(prog="make new-register", description=main.__doc__)
    parser.add_argument("place", metavar="heading/name", help="for example education/example")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    args = parser.parse_args()
    found = NAME.fullmatch(args.place)
    if found is None:
        return _fail(f"'{args.place}' is no heading/name: small letters, digits and _, for example education/example.")
    package = args.root / "kirjaamo" / "registers" / found["heading"] / found["name"]
    if package.exists():
        return _fail(f"{package.relative_to(args.root)} is there already: choose another name.")
    _write(args.root, package, words_of(found["heading"], found["name"]))
    told = f"kirjaamo/registers/{args.place}: written and in use. Next: .venv/bin/python -m pytest kirjaamo/registers/{args.place}"
    sys.stdout.write(f"{told}\nThen change it into yours: docs/howto/add-a-register.md tells what each part is for.\n")
    return 0


def words_of(heading: str, name: str) -> dict[str, str]:
    """The words that the texts are filled with."""
    words = name.split("_")
    return {
        "heading": heading,
        "name": name,
        "slug": name.replace("_", "-"),
        "model": "".join(word.capitalize() for word in words),
        "title": " ".join(words).capitalize(),
        "unit": UNITS.get(heading, "kaupunginkanslia"),
    }


def _write(root: Path, package: Path, words: dict[str, str]) -> None:
    (package / "migrations").mkdir(parents=True)
    (package / "migrations" / "__init__.py").touch()
    heading = package.parent / "__init__.py"
    if not heading.exists():
        heading.write_text(f'"""Registers of the heading {words["heading"]}."""\n', "utf-8")
    for file, text in (("__init__", INIT), ("models", MODELS), ("register", REGISTER), ("tests", TESTS), ("demo", DEMO)):
        (package / f"{file}.py").write_text(text.format(**words), "utf-8")
    pack = root / "authorities" / "helsinki" / "catalog" / f"{words['slug']}.toml"
    pack.write_text(PACK.format(**words), "utf-8")
    settings = root / "kirjaamo" / "config" / "settings.py"
    line = f'    "kirjaamo.registers.{words["heading"]}.{words["name"]}",\n'
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("KIRJAAMO_REGISTERS = [\n", f"KIRJAAMO_REGISTERS = [\n{line}", 1), "utf-8")
    command = [sys.executable, "-m", "django", "makemigrations", words["name"], "--settings", "kirjaamo.config.settings", "-v", "0"]
    quiet = {"PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, cwd=root, env=os.environ | quiet, check=True)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
