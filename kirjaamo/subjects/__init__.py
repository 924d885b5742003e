"""People and organisations as parties, with their identity codes encrypted."""
