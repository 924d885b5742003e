"""Kirjaamo: case register, description of information, requests and registers of a public authority in one program."""

from __future__ import annotations

__version__ = "0.1.0"
