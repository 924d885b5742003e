"""Plain edits of records, one or many at a time: what a register allows without a verb of its own."""
