"""Publicity of what is in cases: what time opens, and what waits for a person to confirm."""
