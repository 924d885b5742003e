"""Walks through the whole program in a real browser, from an empty folder on."""
