"""The contract's work that nobody waits for: checking and loading large files, as the person who sent them."""

from __future__ import annotations

import datetime as dt
import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from kirjaamo.contract.actions import tell_register
from kirjaamo.contract.importing import actions
from kirjaamo.contract.models import Import, ImportState
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.organisation.models import User

MACHINE = Machine("registers")
LOOKED_BACK = dt.timedelta(days=31)
log = logging.getLogger(__name__)


@app.periodic(cron="20 0 * * *", periodic_id="contract-endings")
@app.task(name="contract.tell_endings", queueing_lock="contract-endings", pass_context=False)
def tell_endings(timestamp: int) -> int:
    """Every night: tell the cases what ended in the registers in the last month; return how many events were told.

    It tells the days that came by themselves, and what was written past a record's own saving; a month, so that nights may be missed.
    """
    del timestamp
    since = timezone.localdate() - LOOKED_BACK
    return sum(tell_register(register, since, actor=MACHINE) for register in REGISTERS.values())


@app.task(name="contract.check_import")
def check_import(batch: int, user: int) -> None:
    """Check a file; when it breaks off, its page says so."""
    _run(batch, user, actions.check)


@app.task(name="contract.load_import")
def load_import(batch: int, user: int) -> None:
    """Load a file's good rows."""
    _run(batch, user, actions.load)


def _run(key: int, user_key: int, work: object) -> None:
    batch, user = Import.objects.get(pk=key), User.objects.get(pk=user_key)
    try:
        work(batch, actor=user)  # type: ignore[operator]
    except KirjaamoError as error:
        actions.mark(batch, ImportState.FAILED, failure=error.told(), actor=user)
    except Exception:
        log.exception("import %s broke off", key)
        actions.mark(batch, ImportState.FAILED, actor=user)
        raise
