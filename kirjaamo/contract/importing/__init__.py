"""Files into registers: read, mapped to fields, checked by the record's own rules, shown, and loaded on request."""
