"""Culture and leisure."""
