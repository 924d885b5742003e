"""A PostgreSQL of the operator's own, named by DATABASE_URL: checked before anything is done with it."""

from __future__ import annotations

import psycopg

from kirjaamo.supervisor.errors import SupervisorError

OLDEST = 15
HINT = "DATABASE_URL looks like postgresql://user:password@host:5432/name."


def check(url: str) -> str:
    """Return the server's version after checking that it answers, is new enough, uses UTF-8 and lets us make tables."""
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
            number = connection.info.server_version
            row = connection.execute(
                "SELECT pg_encoding_to_char(encoding), has_schema_privilege(current_schema(), 'CREATE'), current_user::text"
                " FROM pg_database WHERE datname = current_database()"
            ).fetchone()
    except psycopg.OperationalError as error:
        message = f"The database of DATABASE_URL does not answer: {str(error).strip()}\n{HINT}"
        raise SupervisorError(message) from error
    except psycopg.ProgrammingError as error:
        message = f"DATABASE_URL cannot be understood: {str(error).strip()}\n{HINT}"
        raise SupervisorError(message) from error
    version = f"{number // 10000}.{number % 10000}"
    if number < OLDEST * 10000:
        message = f"The database server is PostgreSQL {version}; Kirjaamo needs {OLDEST} or later."
        raise SupervisorError(message)
    encoding, may_create, user = row or ("?", False, "?")
    if encoding != "UTF8":
        message = f"The database's encoding is {encoding}; Kirjaamo needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
        raise SupervisorError(message)
    if not may_create:
        message = f"The role {user} may not create tables. Let it own the database: ALTER DATABASE … OWNER TO {user}."
        raise SupervisorError(message)
    return version
