"""Template tags of student welfare."""
