"""The public face follows the tables that public facts stand in. Imported at start-up."""

from __future__ import annotations

from kirjaamo.face.actions import BY_CASE, OWNERS, keep_up
from kirjaamo.kernel.following import follow

follow("face", {*OWNERS, *BY_CASE}, keep_up)
