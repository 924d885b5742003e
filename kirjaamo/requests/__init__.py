"""Information requests and data-subject requests."""
