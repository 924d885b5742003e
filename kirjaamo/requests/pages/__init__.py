"""The pages of requests: to ask, to follow, and the desk of those who answer."""
