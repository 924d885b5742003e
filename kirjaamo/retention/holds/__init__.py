"""Holds: placing and lifting them, and what they cover."""
