"""Tests of the API room."""
