"""How dates and figures are written in the three languages (FORMAT_MODULE_PATH)."""
