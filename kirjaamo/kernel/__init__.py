"""The kernel: ids, visibility, journal, search table, fields that carry facts, the registry protocol."""
