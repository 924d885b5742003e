"""Notices: what waits for a person who works here, and e-mail that says only that something waits."""
