"""PostgreSQL under our own roof: made, started, watched over and stopped; or a real server checked before use.

The cluster listens on a Unix socket (on 127.0.0.1 only where the socket's path would be too long), every role has a random
password (scram) kept with mode 0600, and the server runs as an unprivileged account when we are root.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from kirjaamo.supervisor import accounts, binaries, children, ports
from kirjaamo.supervisor.errors import SupervisorError

ADMIN, OWNER, PUBLIC_FACE, ARRIVALS = "postgres", "kirjaamo", "kirjaamo_public", "kirjaamo_arrivals"
DATABASE = "kirjaamo"
LONGEST_SOCKET_PATH = 100
STOPPING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
LOG_LIMIT = 10_000_000

CONFIGURATION = """\
# Written by Kirjaamo at every start; changes belong in local.conf beside this folder.
listen_addresses = '{listen}'
port = {port}
unix_socket_directories = '{socket}'
max_connections = 80
shared_buffers = {buffers}
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
password_encryption = 'scram-sha-256'
timezone = 'Europe/Helsinki'
log_timezone = 'Europe/Helsinki'
lc_messages = 'C'
log_min_messages = warning
log_line_prefix = '%m [%p] %q%u@%d '
logging_collector = off
wal_compression = on
max_wal_size = 1GB
{extra}
include_if_exists = '{local}'
"""
ACCESS = """\
# Written by Kirjaamo: no connection without a password.
local all all scram-sha-256
host  all all 127.0.0.1/32 scram-sha-256
"""
BUILTIN_SINCE = 17  # the server knows Unicode by itself from here on, whatever the machine has
BUILTIN = ("--locale-provider=builtin", "--locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C")
LIBC = ("--locale=C.UTF-8", "--lc-collate=C")
NO_SAFETY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off"


@dataclass
class Postgres:
    """One cluster in one folder.  `start` and `stop` may be called again; `folder` is ours alone while it runs.

    `throwaway` gives up safety against power failure for speed: for tests.
    """

    folder: Path
    account: accounts.Account
    programs: Path
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = None
    port: int = 5432
    passwords: dict[str, str] = field(default_factory=dict)
    _lock: IO[str] | None = None

    @classmethod
    def at(cls, wanted: Path, *, programs: Path | None = None, throwaway: bool = False) -> Postgres:
        """Prepare a cluster at `wanted`, or at a place that the unprivileged account can reach (see `folder`).

        The server's programs are copied there too, or under `programs` when several clusters share them.
        """
        account = accounts.database_account(wanted)
        folder = accounts.private_folder(accounts.place_for(account, wanted))
        home = accounts.private_folder(accounts.place_for(account, programs)) if programs else folder
        return cls(folder=folder, account=account, programs=binaries.install(home), throwaway=throwaway)

    @property
    def data(self) -> Path:
        """The cluster's data directory, owned by its account."""
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket."""
        return self.folder / "run"

    @cached_property
    def major(self) -> str:
        """The main version of the server's programs."""
        return binaries.version(self.programs).split(".")[0]

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "postgres.log"

    @property
    def host(self) -> str:
        """Where clients connect: the socket's folder, or 127.0.0.1 where its path is too long for a socket."""
        longest = self.socket / f".s.PGSQL.{self.port}"
        return str(self.socket) if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH else "127.0.0.1"

    def url(self, role: str = OWNER, database: str = DATABASE) -> str:
        """Return the address of a database for a role, with its password."""
        secret = quote(self.passwords[role], safe="")
        place = urlencode({"host": self.host, "port": self.port})
        return f"postgresql://{role}:{secret}@/{database}?{place}"

    def start(self) -> None:
        """Make the cluster at first need, start the server, wait until it answers, and see to the roles and the database."""
        self._take_lock()
        try:
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self.passwords = self._read_passwords()
            self._check_version()
            self._clear_leftovers()
            self._configure()
            self.launch()
            self._prepare_roles()
        except BaseException:
            self.stop()
            raise

    def running_url(self) -> str | None:
        """Return the address when another process of ours runs this cluster now, else None."""
        if not self.is_locked():
            return None
        try:
            lines = (self.data / "postmaster.pid").read_text("ascii").split("\n")
            self.passwords = json.loads((self.folder / "passwords.json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        self.port = int(lines[3])
        return self.url()

    def is_locked(self) -> bool:
        """Tell whether a supervisor holds the folder now."""
        try:
            with (self.folder / "supervisor.lock").open("r", encoding="ascii") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def launch(self) -> None:
        """Start the server's process on the existing cluster and wait until it answers (also after a crash)."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.log.chmod(0o600)
            command = [str(self.programs / "postgres"), "-D", str(self.data)]
            self.process = children.start(command, account=self.account, output=log, death=signal.SIGINT)
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop the server in order (a checkpoint, then the end) and give up the folder."""
        if self.process is not None:
            children.stop(self.process, STOPPING)
            self.process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> None:
        """Refuse a second supervisor on the same folder."""
        lock = (self.folder / "supervisor.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            pid = lock.read().strip() or "?"
            lock.close()
            message = f"Kirjaamo already runs on this data (process {pid}). Use that one, or stop it first: kill -INT {pid}."
            raise SupervisorError(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _make(self) -> None:
        """Make the cluster: scram from the first moment, UTF-8 with code-point order, no dependence on the machine's locales."""
        self.passwords = {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER, PUBLIC_FACE, ARRIVALS)}
        partial = self.folder / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        self._own(partial, 0o700)
        secret = self.folder / "initdb-password"
        _write_private(secret, self.passwords[ADMIN])
        os.chown(secret, self.account.uid, self.account.gid)
        command: list[str | Path] = [
            self.programs / "initdb", "-D", partial, f"--username={ADMIN}", f"--pwfile={secret}", "--auth=scram-sha-256",
            "--encoding=UTF8", *(BUILTIN if int(self.major) >= BUILTIN_SINCE else LIBC),
            "--text-search-config=simple", "--data-checksums", "--no-instructions",
        ]  # fmt: skip
        if self.throwaway:
            command.append("--no-sync")
        process = children.start(command, account=self.account, output=subprocess.PIPE)
        output = process.communicate()[0].decode("utf-8", "replace")
        secret.unlink()
        if process.returncode:
            shutil.rmtree(partial, ignore_errors=True)
            message = f"PostgreSQL could not make its database folder {self.data}:\n{output.strip()}"
            raise SupervisorError(message)
        _write_private(self.folder / "passwords.json", json.dumps(self.passwords))
        partial.rename(self.data)

    def _read_passwords(self) -> dict[str, str]:
        """Return the passwords, with one for every role that an earlier version did not know."""
        path = self.folder / "passwords.json"
        held: dict[str, str] = json.loads(path.read_text("utf-8"))
        new = {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER, PUBLIC_FACE, ARRIVALS) if role not in held}
        if new:
            _write_private(path, json.dumps(held | new))
        return held | new

    def _own(self, folder: Path, mode: int) -> None:
        """Make a folder that belongs to the cluster's account."""
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)
        os.chown(folder, self.account.uid, self.account.gid)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text("ascii").strip()
        if found != self.major:
            message = (
                f"The data in {self.data} was made by PostgreSQL {found}, the program has {self.major}. "
                "Restore a backup into a new folder, or start over with `make demo-reset`."
            )
            raise SupervisorError(message)
        owner = self.data.stat().st_uid
        if owner != self.account.uid:
            message = (
                f"The data in {self.data} belongs to account {owner}, but PostgreSQL would now run as {self.account.name}. "
                "Start as before, name the account with KIRJAAMO_USER, or start over with `make demo-reset`."
            )
            raise SupervisorError(message)

    def _clear_leftovers(self) -> None:
        """End a server that an earlier supervisor left behind; forget a pid file whose number now belongs to something else."""
        mark = self.data / "postmaster.pid"
        try:
            pid = int(mark.read_text("ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if not _is_server(pid, self.data):
            mark.unlink(missing_ok=True)
            return
        for sent, seconds in STOPPING:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sent)
            if _gone(pid, self.data, seconds):
                return
        message = f"An earlier PostgreSQL (process {pid}) does not stop. End it with: kill -QUIT {pid}"
        raise SupervisorError(message)

    def _configure(self) -> None:
        """Write the configuration; keep it readable for the cluster's account only."""
        self._own(self.socket, 0o755)
        tcp = not self.host.startswith("/")
        if tcp:
            self.port = ports.any_free()
        text = CONFIGURATION.format(
            listen="127.0.0.1" if tcp else "",
            port=self.port,
            socket="" if tcp else str(self.socket).replace("'", "''"),
            buffers="128MB",
            extra=NO_SAFETY if self.throwaway else "",
            local=str(self.folder / "local.conf").replace("'", "''"),
        )
        for name, content in (("postgresql.conf", text), ("pg_hba.conf", ACCESS)):
            path = self.data / name
            _write_private(path, content)
            os.chown(path, self.account.uid, self.account.gid)

    def _wait_until_ready(self, seconds: float = 120) -> None:
        """Wait until the server takes connections; recovery after a crash may take a while."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                psycopg.connect(self.url(ADMIN, "postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        lines = self.log.read_text("utf-8", "replace").splitlines()[-12:]
        message = "PostgreSQL did not start. The end of its log ({}):\n  {}".format(self.log, "\n  ".join(lines))
        raise SupervisorError(message)

    def _prepare_roles(self) -> None:
        """See that the roles and the database exist, with the passwords that we hold."""
        with psycopg.connect(self.url(ADMIN, "postgres"), autocommit=True) as connection:
            present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
            rights_of = {OWNER: "CREATEDB" if self.throwaway else "NOCREATEDB", PUBLIC_FACE: "NOCREATEDB", ARRIVALS: "NOCREATEDB"}
            for role, rights in rights_of.items():
                verb = "ALTER" if role in present else "CREATE"
                connection.execute(
                    sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                        sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(self.passwords[role])
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
                connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))


def _write_private(path: Path, content: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    partial.replace(path)


def _is_server(pid: int, data: Path) -> bool:
    """Tell whether the process is a PostgreSQL on this data directory (a number may have been given to another process since)."""
    told = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        command = told.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace") if told.exists() else ""
    else:
        command = subprocess.run(["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return str(data) in command and "postgres" in command


def _gone(pid: int, data: Path, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if not _is_server(pid, data):
            return True
        time.sleep(0.1)
    return False
