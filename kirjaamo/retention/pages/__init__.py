"""Pages of the room: the clocks of one case, and what falls due over all cases."""
