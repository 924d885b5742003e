"""Bringing a plan from files, always as a reviewable draft: what is wrong is named with its row, and nothing is half-loaded."""
