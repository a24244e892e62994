"""Rows that are written once: the database itself refuses to change or delete them."""

from django.db.migrations import RunSQL


def append_only(table: str) -> RunSQL:
    """Return the migration operation that makes `table` append-only.

    It uses the SQL function `is_append_only()`, so the migration must depend on
    ``("foundation", "0002_journal_is_append_only")``.  An attempt raises `IntegrityError`.
    """
    trigger = f"{table}_is_append_only"
    return RunSQL(
        f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION is_append_only()",
        f"DROP TRIGGER {trigger} ON {table}",
    )
