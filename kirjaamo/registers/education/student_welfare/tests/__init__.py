"""Tests of student welfare."""
