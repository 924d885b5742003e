"""Education."""
