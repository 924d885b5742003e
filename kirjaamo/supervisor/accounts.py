"""The unprivileged account that PostgreSQL runs as when we are root, and a place that this account can reach.

PostgreSQL refuses to run as root. Nothing above the chosen folder is ever changed: when the account cannot pass through
the folders above (a checkout under /root, say), another place is taken and said aloud.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kirjaamo.supervisor.errors import SupervisorError

FALLBACK = Path("/var/tmp")  # noqa: S108 - our own folder in it is made with mode 0711 and refused when another account owns it


@dataclass(frozen=True)
class Account:
    """The ids to run PostgreSQL with."""

    uid: int
    gid: int
    name: str

    @property
    def is_self(self) -> bool:
        """Tell whether this is the account that we already run as."""
        return self.uid == os.geteuid()


def _candidates(folder: Path) -> Iterator[pwd.struct_passwd]:
    """Yield the accounts that could serve, best first: the one asked for, who called sudo, who owns the checkout, nobody."""
    wanted = os.environ.get("KIRJAAMO_USER")
    if wanted:
        try:
            yield pwd.getpwnam(wanted)
        except KeyError:
            message = f"KIRJAAMO_USER={wanted!r}: this machine has no such account."
            raise SupervisorError(message) from None
        return
    owner = next(parent for parent in (folder, *folder.parents) if parent.exists()).stat().st_uid
    for uid in (int(os.environ.get("SUDO_UID", "0")), owner):
        try:
            yield pwd.getpwuid(uid)
        except KeyError:
            continue
    for name in ("nobody", "daemon"):
        try:
            yield pwd.getpwnam(name)
        except KeyError:
            continue


def database_account(folder: Path) -> Account:
    """Return the account for PostgreSQL: ourselves, or an existing unprivileged one when we are root."""
    uid = os.geteuid()
    if uid != 0:
        return Account(uid, os.getegid(), str(uid))
    for entry in _candidates(folder):
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
    message = "PostgreSQL does not run as root and no unprivileged account was found. Name one: KIRJAAMO_USER=name."
    raise SupervisorError(message)


def can_reach(account: Account, folder: Path) -> bool:
    """Tell whether the account can pass through every existing folder above and into `folder`."""
    if account.is_self:
        return True
    child = os.fork()
    if child == 0:  # the question is put to the system under the other account, in a process of its own
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
            os._exit(0 if os.access(existing, os.X_OK, effective_ids=os.access in os.supports_effective_ids) else 1)
        except OSError:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def private_folder(folder: Path, mode: int = 0o711) -> Path:
    """Make a folder that is ours; refuse one that another account made before us.  The folders above keep their modes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
        message = f"{folder} exists but is not ours. Remove it, or name another data folder: KIRJAAMO_DATA=/path."
        raise SupervisorError(message)
    folder.chmod(mode)
    return folder


def place_for(account: Account, wanted: Path) -> Path:
    """Return `wanted`, or, when the account cannot reach it, a folder of our own under /var/tmp."""
    if can_reach(account, wanted):
        return wanted
    mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    return FALLBACK / f"kirjaamo-{mark}"
