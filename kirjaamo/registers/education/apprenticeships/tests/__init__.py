"""The tests of apprenticeships."""
