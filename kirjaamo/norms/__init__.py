"""Dated legal reference data: statutes, secrecy grounds, deadlines, fees."""
