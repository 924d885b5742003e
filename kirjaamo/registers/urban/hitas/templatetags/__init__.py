"""Template tags of Hitas."""
