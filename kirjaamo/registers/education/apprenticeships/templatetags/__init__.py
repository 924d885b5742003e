"""Template tags of apprenticeships."""
