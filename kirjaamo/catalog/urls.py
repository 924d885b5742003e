"""Addresses of the room. Finnish, since people quote them."""

from __future__ import annotations

from django.urls import path, register_converter

from kirjaamo.catalog.kinds import SEGMENTS
from kirjaamo.catalog.pages import entries, imports, search, staff, versions


class SegmentConverter:
    """The part of an address that names a kind of page."""

    regex = "|".join(SEGMENTS)

    def to_python(self, value: str) -> str:
        """Keep the text."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the text."""
        return value


register_converter(SegmentConverter, "catalog_segment")

urlpatterns = [
    path("", search.start, name="start"),
    path("kuvaus/", search.catalog, name="catalog"),
    path("kuvaus/tuloste/", versions.whole, name="catalog_whole"),
    path("kuvaus/kuvaus.<str:form>", versions.download, name="catalog_download"),
    path("kuvaus/versiot/", versions.versions, name="catalog_versions"),
    path("kuvaus/versiot/<int:number>/", versions.version, name="catalog_version"),
    path("kuvaus/versiot/<int:number>/tuloste/", versions.version_whole, name="catalog_version_whole"),
    path("kuvaus/versiot/<int:number>/kuvaus.<str:form>", versions.download, name="catalog_version_download"),
    path("kuvaus/versiot/<int:number>/jaadytetty.json", versions.frozen, name="catalog_version_frozen"),
    path("kuvaus/versiot/<int:number>/muutokset/<int:other>/", versions.difference, name="catalog_difference"),
    path("kuvaus/versiot/<int:number>/<catalog_segment:segment>/<slug:slug>/", entries.version_entry, name="catalog_version_entry"),
    path("kuvaus/<catalog_segment:segment>/<slug:slug>/", entries.entry, name="catalog_entry"),
    path("tyo/kuvaus/tarkastus/", staff.gate_page, name="catalog_gate"),
    path("tyo/tuonnit/", imports.drafts, name="catalog_imports"),
    path("tyo/tuonnit/<int:number>/", imports.draft, name="catalog_import"),
]
