"""Serving by publication: what is decided stands on the public network until the time of appeal has ended."""
