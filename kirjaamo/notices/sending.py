"""The postman: sends what waits in the outbox, again when the mail server is away, and gives up when it says no for good.

A message is taken in one transaction and settled in another; between them it is sent. A worker that falls in between sends it
once more later: under the same Message-ID, so that a mail program shows it once.
"""

from __future__ import annotations

import logging
import smtplib
import threading

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection

from kirjaamo.kernel.actors import Machine
from kirjaamo.notices import actions
from kirjaamo.notices.texts import words

EVERY = 2.0  # seconds
AFTER_FAILURE = 10.0  # seconds
POSTMAN = Machine("postman")
LEAST_PERMANENT = 500
"""Answers of a mail server from here on say no for good (RFC 5321 § 4.2.1)."""

log = logging.getLogger(__name__)


def send_until(stop: threading.Event) -> None:
    """Send again and again until asked to stop; a database that is away is waited for."""
    while not stop.is_set():
        pause = EVERY
        try:
            while not stop.is_set() and send_next():
                pass
        except DatabaseError as error:
            log.warning("Sending of e-mail waits for the database: %s", type(error).__name__)
            connection.close()
            pause = AFTER_FAILURE
        stop.wait(pause)
    connection.close()


def send_next() -> bool:
    """Send the next message that is due; return whether there was one."""
    due = actions.take_due(actor=POSTMAN)
    if due is None:
        return False
    told = words(due.mail.kind, due.mail.language, about=due.mail.about, when=due.mail.told_at, link=due.link)
    headers = {
        "Message-ID": f"<{due.mail.key}@{settings.DEFAULT_FROM_EMAIL.rsplit('@', 1)[-1].rstrip('>')}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answer to an automatic message
    }
    try:
        EmailMessage(told.subject, told.body, settings.DEFAULT_FROM_EMAIL, [due.to], headers=headers).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        log.warning("E-mail %s was not sent: %s", due.mail.key, type(error).__name__)
        actions.settle(due.mail, fault=type(error).__name__, final=_for_good(error), actor=POSTMAN)
    else:
        actions.settle(due.mail, actor=POSTMAN)
    return True


def _for_good(error: Exception) -> bool:
    """Whether trying again is of no use: an address that cannot be one, or a server that refused the recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= LEAST_PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, ValueError)
