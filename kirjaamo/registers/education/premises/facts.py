"""The facts that fields of this register share: who may read them and on which ground not."""

from __future__ import annotations

from kirjaamo.values.publicity import PersonalData, Publicity

OPEN = Publicity.PUBLIC
PARTLY = Publicity.PARTLY_SECRET
PRIVATE = ("JulkL-24-1-31", "JulkL-24-1-32")
PERSONAL = PersonalData.CONTAINS
