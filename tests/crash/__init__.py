"""Nothing that was acknowledged is lost when a process or the database is killed, and nothing is half there."""
