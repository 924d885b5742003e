"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from kirjaamo.subjects.pages import acts, merging, parties

ONE = "tyo/osapuolet/<int:key>/"

urlpatterns = [
    path("tyo/osapuolet/", parties.parties, name="parties"),
    path("tyo/osapuolet/kaksoiskappaleet/", merging.duplicates, name="party_duplicates"),
    path(ONE, parties.party, name="party"),
    path(f"{ONE}muuta/", acts.change, name="party_change"),
    path(f"{ONE}tunnista/", acts.identify, name="party_identify"),
    path(f"{ONE}turvakielto/", acts.safety, name="party_safety"),
    path(f"{ONE}henkilotunnus/", acts.code, name="party_code"),
    path(f"{ONE}yhteystiedot/", acts.contacts, name="party_contacts"),
    path(f"{ONE}edustaja/", acts.mandate, name="party_mandate"),
    path(f"{ONE}edustaja/<int:mandate>/", acts.mandate_end, name="party_mandate_end"),
    path(f"{ONE}yhdista/<int:other>/", merging.merge, name="party_merge"),
    path(f"{ONE}erota/", merging.undo, name="party_merge_undo"),
]
