"""Campaigns: what a newer revision would change in older cases, and laying it on them."""
