"""The pages of parties, for those who work with them."""
