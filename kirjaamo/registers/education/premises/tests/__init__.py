"""Tests of the premises register."""
