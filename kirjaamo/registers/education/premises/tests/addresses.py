"""The addresses of the house with those of this register, for tests of its pages."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns

from kirjaamo.config import urls as house
from kirjaamo.registers.education.premises import urls

urlpatterns = [*house.urlpatterns, *i18n_patterns(*urls.urlpatterns, prefix_default_language=False)]
