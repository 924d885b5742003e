"""The registers: one folder per heading of the city's own page, one package per system."""
