"""The performance harness measures what it says."""
