"""The organisation: management unit, authorities, units, accounts, roles."""
