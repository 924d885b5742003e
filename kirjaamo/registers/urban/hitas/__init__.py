"""Hitas price control (Hitas-asuntojen järjestelmä)."""
