"""The shape of the code: what may be where, how large, and who may write."""
