"""What reaches many cases: it holds at once, and the stored clocks follow a batch at a time."""

from __future__ import annotations

import datetime as dt

from django.db import models

from kirjaamo.kernel.rows import Row


class Spreading(Row):
    """How far the clocks of the cases that a decision reaches have followed it: the key of the last case, how many of how many."""

    last_case = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    spread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def has_spread(self) -> bool:
        """Whether all clocks have followed."""
        return self.spread_at is not None

    def begin(self, total: int) -> None:
        """Begin from the first case."""
        self.last_case, self.done, self.total, self.spread_at = 0, 0, total, None

    def went(self, last: int | None, count: int, at: dt.datetime) -> None:
        """Note a batch; without a last case there were no more."""
        self.done += count
        if last is None:
            self.spread_at = at
        else:
            self.last_case = last
