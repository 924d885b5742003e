"""Addresses of the room. Finnish, since people quote them."""

from __future__ import annotations

from django.urls import path, register_converter

from kirjaamo.requests.kinds import BY_WORD
from kirjaamo.requests.pages import acts, ask, desk, handling

ENTRY_WORDS = {"resource": "tietovaranto", "dataset": "tietoaineisto", "system": "tietojarjestelma", "register": "rekisteri"}
KINDS_BY_WORD = {word: kind for kind, word in ENTRY_WORDS.items()}


class EntryKindConverter:
    """The kind of an entry: a Finnish word in addresses, its code in the program; the code is taken in addresses too."""

    regex = "|".join([*ENTRY_WORDS, *ENTRY_WORDS.values()])

    def to_python(self, value: str) -> str:
        """The code of the word."""
        return KINDS_BY_WORD.get(value, value)

    def to_url(self, value: str) -> str:
        """The word of the code."""
        return ENTRY_WORDS.get(value, value)


class RequestWordConverter:
    """The kind of a request by its word."""

    regex = "|".join(BY_WORD)

    def to_python(self, value: str) -> str:
        """Keep the word."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the word."""
        return value


register_converter(EntryKindConverter, "entry_kind")
register_converter(RequestWordConverter, "request_word")

urlpatterns = [
    path("pyyda/", ask.ask_start, name="ask_start"),
    path("pyyda/<entry_kind:kind>/<slug:slug>/", ask.ask, name="ask"),
    path("pyyda/<entry_kind:kind>/<slug:slug>/<request_word:word>/", ask.ask_form, name="ask_form"),
    path("tyo/tietopyynnot/", desk.desk, name="requests_desk"),
    path("tyo/tietopyynnot/uusi/", desk.choose, name="request_choose"),
    path("tyo/tietopyynnot/uusi/<entry_kind:kind>/<slug:slug>/", desk.record, name="request_record"),
    path("tyo/tietopyynnot/<int:number>/", handling.item, name="request_case"),
    path("tyo/tietopyynnot/<int:number>/siirra/", acts.route, name="request_route"),
    path("tyo/tietopyynnot/<int:number>/viranomaisen-paatos/", acts.decide, name="request_decide"),
    path("tyo/tietopyynnot/<int:number>/kieltaydy/", acts.refuse, name="request_refuse"),
    path("tyo/tietopyynnot/<int:number>/haku/<int:task>/", acts.search, name="request_search"),
    path("tyo/tietopyynnot/<int:number>/anna/<int:document>/", acts.give, name="request_give"),
    path("tyo/tietopyynnot/<int:number>/asiakirja/<int:document>/", acts.open_document, name="request_document"),
    path("tyo/tietopyynnot/<int:number>/<slug:verb>/", acts.act, name="request_act"),
    path("tyo/tietopyynnot/<int:number>/<slug:verb>/<int:task>/", acts.act, name="request_task_act"),
]
