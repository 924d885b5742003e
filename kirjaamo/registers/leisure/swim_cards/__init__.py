"""Special swimming cards (erityisuimakorttirekisteri)."""
