"""Decisions of office holders: prepared, made, served and gained legal force."""
