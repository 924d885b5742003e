"""The public face follows the tables that public facts stand in.

In its own process requests come in by its intake. Imported at start-up.
"""

from __future__ import annotations

from django.conf import settings

from kirjaamo.cases import doors as eservice
from kirjaamo.face import intake
from kirjaamo.face.actions import FOLLOWED, keep_up
from kirjaamo.kernel import arriving
from kirjaamo.kernel.following import follow
from kirjaamo.requests import doors

if "arrivals" in settings.DATABASES:
    doors.use(intake.Boxes())
    eservice.use(intake.matter)
    arriving.use(intake.record, intake.identifier)
follow("face", FOLLOWED, keep_up)
