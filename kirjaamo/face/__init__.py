"""The public face: what everyone may read, in tables of its own that hold nothing else."""
