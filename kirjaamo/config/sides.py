"""The side of the program that a process serves: everything, or the public face alone with credentials that reach nothing else."""

from __future__ import annotations

from typing import Any

from kirjaamo.supervisor import environment

PUBLIC_SIDE = "public"
SEARCH_PATH = "public_face,public"
"""The schema of the public face comes first, so that the pages find its mirrors."""


def is_public() -> bool:
    """Whether this process serves the public face alone."""
    side = environment.text("KIRJAAMO_SIDE")
    if side not in {"", PUBLIC_SIDE}:
        message = f"KIRJAAMO_SIDE={side!r} is not a side; write {PUBLIC_SIDE}, or nothing for everything."
        raise environment.WrongEnvironmentError(message)
    return side == PUBLIC_SIDE


def read_only(database: dict[str, Any]) -> None:
    """Let every connection of the public process look in the public face first and write nothing."""
    database["OPTIONS"]["options"] += f" -c search_path={SEARCH_PATH} -c default_transaction_read_only=on"


def intake(url: str) -> dict[str, Any]:
    """The connection of the second credential, which may put arrivals in and nothing else."""
    database = environment.database(url)
    database["OPTIONS"] |= {"connect_timeout": 10, "application_name": "kirjaamo-intake", "options": "-c lock_timeout=10s"}
    return database


def without_tables(settings: dict[str, Any]) -> None:
    """Keep in signed cookies what the other side keeps in tables; nobody signs in here."""
    settings["ROOT_URLCONF"] = "kirjaamo.config.public_urls"
    settings["SESSION_ENGINE"] = "django.contrib.sessions.backends.signed_cookies"
    settings["MESSAGE_STORAGE"] = "django.contrib.messages.storage.cookie.CookieStorage"
    settings["SESSION_COOKIE_NAME"] = "kirjaamo_public_session"
    settings["CSRF_COOKIE_NAME"] = "kirjaamo_public_csrf"
