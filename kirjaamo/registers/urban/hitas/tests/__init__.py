"""Tests of the Hitas register."""
