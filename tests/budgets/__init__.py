"""Ceilings of SQL statements."""
