"""Reading the shared mailboxes into the queue, each minute. What is read twice is taken once; what fails is read again."""

from __future__ import annotations

import logging

from kirjaamo.cases import actions
from kirjaamo.cases.arrivals.mailbox import TROUBLES, opened
from kirjaamo.cases.models import Mailbox
from kirjaamo.kernel.actors import Machine

log = logging.getLogger(__name__)
READER = Machine("mailbox-reader")


def read_all() -> int:
    """Read every mailbox in use; return how many new arrivals there were. A mailbox in trouble does not stop the others."""
    return sum(read_one(mailbox) for mailbox in Mailbox.objects.filter(in_use=True).select_related("unit"))


def read_one(mailbox: Mailbox) -> int:
    """Read what is new in one mailbox. A message is marked as read only after it is safely in the queue."""
    new = 0
    try:
        with opened(mailbox) as box:
            after = mailbox.last_uid if mailbox.uid_validity == box.validity else 0
            for uid in box.new(after):
                message = box.fetch(uid)
                if message is not None:
                    _arrival, fresh = actions.take_message(mailbox, message, validity=box.validity, actor=READER)
                    new += fresh
                box.mark(uid)
    except TROUBLES as trouble:
        log.warning("The mailbox %s could not be read: %s", mailbox.name, type(trouble).__name__)
        actions.note_reading(mailbox, trouble=f"{type(trouble).__name__}: {trouble}", actor=READER)
        return new
    actions.note_reading(mailbox, trouble="", actor=READER)
    return new
