"""What the three languages share: what a person may type; the day comes first, in English too."""

from __future__ import annotations

DATE = "j.n.Y"
# Accepted when a person types a date; month-first forms are never read, since 3.4. and 4/3 would be mixed up.
TYPED_DATES = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]
TYPED_TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
TYPED_MOMENTS = ["%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
