"""Packages: one change over many classes, reviewed and approved as one, that loses nothing of what it does not touch."""
