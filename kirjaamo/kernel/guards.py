"""SQL that makes the database hold what the program promises; used by migrations of every room."""

from __future__ import annotations

APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION kirjaamo_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append_only: % cannot be changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

IMMUTABLE_COLUMNS_FUNCTION = """
CREATE OR REPLACE FUNCTION kirjaamo_immutable_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    col text;
BEGIN
    FOREACH col IN ARRAY TG_ARGV LOOP
        IF to_jsonb(NEW) -> col IS DISTINCT FROM to_jsonb(OLD) -> col AND to_jsonb(OLD) -> col <> 'null'::jsonb THEN
            RAISE EXCEPTION 'immutable: %.% cannot change', TG_TABLE_NAME, col USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""


USE_LOG_FUNCTION = """
CREATE OR REPLACE FUNCTION kirjaamo_use_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '2 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'append_only: % cannot be changed, nor deleted within two years', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
"""The use log: never changed; removed only after the time for which a person may ask for it (703/2023 § 11)."""


def append_only(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE on a table."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kirjaamo_append_only();"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION kirjaamo_append_only();"
    )


def immutable_columns(table: str, *columns: str) -> str:
    """Refuse a change of columns once they hold a value."""
    listed = ", ".join(f"'{column}'" for column in columns)
    return f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION kirjaamo_immutable_columns({listed});"
