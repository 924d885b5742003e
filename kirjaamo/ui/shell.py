"""What every page needs around its content: look, navigation, languages, addresses. A context processor gives it as `shell`.

Rooms above bring the addresses; this room knows them by name only. Settings (all optional):

- KIRJAAMO_ROUTES: name of the route for each of `start`, `search`, `work`, `work_search`, `sign_in`, `sign_out`,
  `accessibility`, `privacy`, `feedback`, `about`; what is not given keeps its default, what does not exist is left out.
- KIRJAAMO_NAVIGATION: {"public": [item, …], "work": [{"title": text, "items": [item, …]}, …]}, where an item is
  {"key": "catalog", "label": text, "route": "catalog_start", "when": "dotted.path.of_function_of_request"}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.module_loading import import_string

from kirjaamo.ui.languages import LANGUAGES, OWN_NAMES, Text, active_language
from kirjaamo.ui.look import Look, current
from kirjaamo.ui.styles import stylesheet_url

DEFAULT_ROUTES = {
    "start": "start",
    "search": "search",
    "work": "work",
    "work_search": "work_search",
    "sign_in": "login",
    "sign_out": "logout",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "feedback": "feedback",
    "about": "about",
    "notices": "notices",
    "account": "own_account",
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the main navigation; `here` is true when the page stands under it."""

    key: str
    label: Text
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links of the work surface under one heading."""

    title: Text
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    url: str
    current: bool


def address(route: str) -> str:
    """Return the address of a route without arguments, or an empty text when this installation has no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def route_names() -> dict[str, str]:
    """Return the names of the routes that the shell links to."""
    return DEFAULT_ROUTES | getattr(settings, "KIRJAAMO_ROUTES", {})


@lru_cache(maxsize=64)
def _condition(path: str) -> Callable[[HttpRequest], bool]:
    found: Callable[[HttpRequest], bool] = import_string(path)
    return found


class Shell:
    """The frame of one page. Everything is worked out when a template asks for it, so a fragment pays nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def look(self) -> Look:
        """The look of the authority."""
        return current()

    @property
    def stylesheet(self) -> str:
        """The address of the stylesheet."""
        return stylesheet_url()

    @cached_property
    def urls(self) -> dict[str, str]:
        """The addresses of the shell by their keys; a page that does not exist is an empty text."""
        return {key: address(route) for key, route in route_names().items()}

    @cached_property
    def public_nav(self) -> list[NavItem]:
        """The main navigation of the public pages."""
        return self._groups([{"items": getattr(settings, "KIRJAAMO_NAVIGATION", {}).get("public", [])}])[0]

    @cached_property
    def work_nav(self) -> list[NavGroup]:
        """The navigation of the work surface, without groups that have nothing for this person."""
        groups = getattr(settings, "KIRJAAMO_NAVIGATION", {}).get("work", [])
        made = zip(groups, self._groups(groups), strict=True)
        return [NavGroup(group.get("title", ""), items) for group, items in made if items]

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The page in each language; a page that has no address of its own leads to the start page."""
        here = self.request.get_full_path()
        active = active_language()
        return [LanguageLink(code, OWN_NAMES[code], _translated(here, code, active), code == active) for code in LANGUAGES]

    def _groups(self, groups: Sequence[Mapping[str, Any]]) -> list[list[NavItem]]:
        """Return the items of each group that exist and are allowed; the one with the longest matching address is here."""
        shown = [[(row, url) for row in group["items"] if (url := address(row["route"])) and self._allowed(row)] for group in groups]
        here = max((url for rows in shown for _row, url in rows if self._under(url)), key=len, default="")
        return [[NavItem(row["key"], row["label"], url, url == here) for row, url in rows] for rows in shown]

    def _under(self, url: str) -> bool:
        """Whether the page stands under an address; the start page holds nothing but itself."""
        path = self.request.path
        return path == url or (path.startswith(url) and url.strip("/") not in {"", *LANGUAGES})

    def _allowed(self, row: Mapping[str, Any]) -> bool:
        when = row.get("when")
        return not when or bool(_condition(when)(self.request))


def _translated(here: str, code: str, active: str) -> str:
    """Return the address `here` in the language `code`, or that language's start page."""
    if code == active:
        return here
    other = translate_url(here, code)
    if other != here:
        return other
    return "/" if code == LANGUAGES[0] else f"/{code}/"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, and `work` (true when the person is signed in)."""
    return {"shell": Shell(request)}
