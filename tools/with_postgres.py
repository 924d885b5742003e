"""Run a command on a temporary cluster of an installed PostgreSQL: `python -m tools.with_postgres PROGRAMS -- COMMAND …`.

`PROGRAMS` is a folder such as /usr/lib/postgresql/15/bin. The machine's own clusters are not touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kirjaamo.supervisor import accounts
from kirjaamo.supervisor.postgres import OWNER, Postgres


def main() -> int:
    """Start the cluster, run the command with DATABASE_URL, stop and remove the cluster."""
    programs, _, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="kirjaamo-pg-") as folder:
        Path(folder).chmod(0o711)
        place = accounts.private_folder(Path(folder) / "cluster")
        cluster = Postgres(folder=place, account=accounts.database_account(place), programs=Path(programs), throwaway=True)
        cluster.start()
        try:
            print(f"PostgreSQL {cluster.major} in {place}", flush=True)
            surroundings = {**os.environ, "DATABASE_URL": cluster.url(OWNER, "postgres")}
            return subprocess.run(command, env=surroundings, check=False).returncode
        finally:
            cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
