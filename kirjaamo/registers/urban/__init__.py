"""Urban environment."""
