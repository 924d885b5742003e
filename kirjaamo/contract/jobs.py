"""The contract's work that nobody waits for: checking and loading large files, as the person who sent them."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kirjaamo.contract.importing import actions
from kirjaamo.contract.models import Import, ImportState
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.organisation.models import User

log = logging.getLogger(__name__)


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
        actions.mark(batch, ImportState.FAILED, failure=str(error), actor=user)
    except Exception:
        log.exception("import %s broke off", key)
        actions.mark(batch, ImportState.FAILED, actor=user)
        raise
