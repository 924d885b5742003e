"""Statements that make the mirrors of the public face, keep them by triggers in the transaction of every write, and grant rights.

A mirror has the name and the columns of its table, so that the same pages read it: a reader whose search path begins with the
schema of the public face finds the mirror, and has no right to the table behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models

from kirjaamo.face.models import SCHEMA
from kirjaamo.face.rights import MIRRORS, OPEN, READER, TAKER, Mirror
from kirjaamo.kernel.facts import facts_of

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

HOLDS = "r.voided_at IS NULL AND r.restricted_at IS NULL"
KEPT = frozenset({"id", "made_at", "changed_at", "version"})
"""Columns of every record that say nothing of its content."""


@cache
def every() -> Sequence[Mirror]:
    """The mirrors of the list, and one for each kind of record of a register that anyone may have as open data."""
    named = {mirror.table for mirror in MIRRORS}
    models_of = (model for model in apps.get_models() if getattr(model, "open_data", False) and model._meta.db_table not in named)
    return (*MIRRORS, *(of_open_data(model) for model in models_of))


def of_open_data(model: type[models.Model]) -> Mirror:
    """The records that hold (neither void nor restricted), every column emptied that is not declared public."""
    closed = [field for field in model._meta.concrete_fields if field.name not in KEPT and not facts_of(field).open]
    return Mirror(str(model._meta.db_table), HOLDS, _emptied(closed))


def _emptied(fields: Sequence[Field]) -> Mapping[str, str]:
    return {str(field.column): _nothing(field) for field in fields}


def _nothing(field: Field) -> str:
    """What stands in a column that is not public: nothing, or the least value that the column takes."""
    if field.null:
        return f"NULL::{field.rel_db_type(connection) if field.is_relation else field.db_type(connection)}"
    if isinstance(field, models.JSONField):
        return "'{}'::jsonb"
    return "''" if isinstance(field, models.CharField | models.TextField) else "'0'"


def columns(table: str) -> Sequence[str]:
    """The columns of a table of ours, in their order."""
    models = apps.get_models(include_auto_created=True)
    return next([str(field.column) for field in model._meta.concrete_fields] for model in models if model._meta.db_table == table)


def names(mirror: Mirror) -> str:
    """The columns, quoted."""
    return ", ".join(f'"{column}"' for column in columns(mirror.table))


def shown(mirror: Mirror) -> str:
    """The columns of a row `r` as the mirror shows them."""
    return ", ".join(mirror.empty.get(column, f'r."{column}"') for column in columns(mirror.table))


def open_rows(mirror: Mirror, more: str = "true") -> str:
    """The query of what a mirror must hold."""
    return f"SELECT {shown(mirror)} FROM public.{mirror.table} r WHERE {mirror.rows} AND {more}"  # noqa: S608 - names of our own tables


def _kept_by(mirror: Mirror) -> str:
    """The trigger that keeps a mirror: what a row was goes, what it is now comes when it is open; so do the rows that hang on it."""
    copy = f"{SCHEMA}.{mirror.table}"
    gone, came = "", ""
    if mirror.below:
        below = next(one for one in every() if one.table == mirror.below[0])
        gone = f"DELETE FROM {SCHEMA}.{below.table} WHERE {mirror.below[1]} = OLD.id;"  # noqa: S608 - as above
        rows = open_rows(below, f"r.{mirror.below[1]} = NEW.id")
        came = f"INSERT INTO {SCHEMA}.{below.table} ({names(below)}) {rows} ON CONFLICT DO NOTHING;"
    return f"""
CREATE OR REPLACE FUNCTION {SCHEMA}.keep_{mirror.table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM {copy} WHERE id = OLD.id; {gone}
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO {copy} ({names(mirror)}) SELECT {shown(mirror)} FROM (SELECT NEW.*) r WHERE {mirror.rows}; {came}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER face_{mirror.table} AFTER INSERT OR UPDATE OR DELETE ON public.{mirror.table}
    FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.keep_{mirror.table}();
"""  # noqa: S608 - as above


def loosen() -> Iterator[str]:
    """Take the mirrors away, so that their tables may change."""
    for mirror in every():
        yield f"DROP TRIGGER IF EXISTS face_{mirror.table} ON public.{mirror.table}"
        yield f"DROP TABLE IF EXISTS {SCHEMA}.{mirror.table}"
        yield f"DROP FUNCTION IF EXISTS {SCHEMA}.keep_{mirror.table}()"


def make() -> Iterator[str]:
    """Make every mirror anew from its table as it is."""
    yield from loosen()
    for mirror in every():
        yield f"CREATE TABLE {SCHEMA}.{mirror.table} (LIKE public.{mirror.table} INCLUDING INDEXES)"
        yield refill(mirror)
    for mirror in every():
        yield _kept_by(mirror)


def refill(mirror: Mirror) -> str:
    """Fill an empty mirror."""
    return f"INSERT INTO {SCHEMA}.{mirror.table} ({names(mirror)}) {open_rows(mirror)}"


def differences(mirror: Mirror) -> str:
    """Name what a mirror holds and should not, lacks, or says otherwise: keys, never values."""
    return (
        f"SELECT COALESCE(t.id, f.id)::text, t.id IS NULL, f.id IS NULL FROM ({open_rows(mirror)}) t ({names(mirror)})"  # noqa: S608 - as above
        f" FULL JOIN {SCHEMA}.{mirror.table} f ON t.id = f.id"
        f" WHERE t.id IS NULL OR f.id IS NULL OR (t.*)::text IS DISTINCT FROM (SELECT w FROM (SELECT {names(mirror)} FROM"
        f" {SCHEMA}.{mirror.table} g WHERE g.id = f.id) w)::text ORDER BY 1"
    )


def grant_intake() -> Iterator[str]:
    """Give the intake its three functions, and take everything else from it."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public, {SCHEMA}, arrivals FROM {TAKER}"
    yield f"REVOKE ALL ON SCHEMA public, {SCHEMA} FROM {TAKER}"
    yield "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA arrivals FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA arrivals TO {TAKER}"
    functions = "arrivals.deposit(uuid, text, text, bytea), arrivals.taken(uuid), arrivals.identifier(uuid)"
    yield f"GRANT EXECUTE ON FUNCTION {functions} TO {TAKER}"


def grant() -> Iterator[str]:
    """Give the reader what the list names and nothing else; it may make nothing, not even a temporary table."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {READER}"
    yield f"REVOKE ALL ON SCHEMA public FROM {READER}"
    yield "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public, {SCHEMA} TO {READER}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {READER}"
    for table, listed in OPEN.items():
        told = ", ".join(f'"{column}"' for column in listed)
        yield f"GRANT SELECT ({told}) ON public.{table} TO {READER}"
