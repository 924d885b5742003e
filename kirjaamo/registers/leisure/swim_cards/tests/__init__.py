"""Tests of the special swimming card."""
