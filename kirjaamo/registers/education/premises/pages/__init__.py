"""The register's own pages: those of visitors, and the calendar of those who work here."""
