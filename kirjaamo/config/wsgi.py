"""The web application as the server loads it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from kirjaamo.config.words import use_shared_analyser

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirjaamo.config.settings")

application = get_wsgi_application()
use_shared_analyser()
