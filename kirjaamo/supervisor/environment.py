"""Reading the environment: the few variables that an operator sets, each with a named error when its value is wrong."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]
MODES = ("development", "demo", "production", "test")


class WrongEnvironmentError(Exception):
    """A variable has a value that cannot be used; the text names it and says what would do."""


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding space, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable: 1, true, yes, on or 0, false, no, off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    message = f"{name}={value!r} is neither yes nor no; write 1 or 0."
    raise WrongEnvironmentError(message)


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number of at least `least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        message = f"{name}={value!r} is not a whole number of at least {least}."
        raise WrongEnvironmentError(message)
    return int(value)


def mail_server(name: str) -> dict[str, Any]:
    """Turn `smtp://user:password@host:587` (STARTTLS), `smtps://` (TLS from the start) or `smtp+plain://` into its parts."""
    value = text(name)
    if not value:
        return {}
    parts = urlsplit(value)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in ports or not parts.hostname:
        message = f"{name} must look like smtp://user:password@mail.example.fi:587 (or smtps://, smtp+plain://)."
        raise WrongEnvironmentError(message)
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": parts.scheme == "smtp",
        "ssl": parts.scheme == "smtps",
    }


def words(name: str, default: list[str]) -> list[str]:
    """Return a comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def mode() -> str:
    """Return the mode of running; see `MODES`."""
    value = text("KIRJAAMO_MODE", "development")
    if value not in MODES:
        message = f"KIRJAAMO_MODE={value!r} is not one of {', '.join(MODES)}."
        raise WrongEnvironmentError(message)
    return value


def data_folder() -> Path:
    """Return the folder of everything that the program stores outside the database."""
    return Path(text("KIRJAAMO_DATA", str(CHECKOUT / "var"))).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Return the signing key: from the environment, else from the data folder, made there at first need (mode 0600)."""
    given = text("KIRJAAMO_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def database(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name` into Django's settings; `?host=/folder` names a Unix socket."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        message = (
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; "
            f"the given one starts with {parts.scheme or 'nothing'}: and names {'the database ' + name if name else 'no database'}."
        )
        raise WrongEnvironmentError(message)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": query,
    }
