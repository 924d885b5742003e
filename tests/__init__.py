"""Tests that belong to no room."""
