"""What the main navigation holds, and how the authority looks: said once, read by the page shell."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

WORK = "kirjaamo.config.rights"

ROUTES = {"start": "start", "search": "catalog", "work": "work", "work_search": "work_search"}

NAVIGATION: dict[str, Any] = {
    "public": [
        {"key": "catalog", "label": _("Mitä tietoa on"), "route": "catalog"},
        {"key": "ask", "label": _("Pyydä tietoa"), "route": "ask_start"},
        {"key": "eservice", "label": _("Asioi"), "route": "eservice"},
        {"key": "cases", "label": _("Asiat"), "route": "public_cases"},
        {"key": "plan", "label": _("Näin asiat käsitellään"), "route": "plan_public"},
    ],
    "work": [
        {
            "title": _("Työ"),
            "items": [
                {"key": "work", "label": _("Omat työt"), "route": "work"},
                {"key": "work_search", "label": _("Haku"), "route": "work_search"},
                {"key": "cases", "label": _("Asiarekisteri"), "route": "cases", "when": f"{WORK}.reads_cases"},
                {"key": "arrivals", "label": _("Saapuneet"), "route": "arrivals", "when": f"{WORK}.registers_cases"},
                {"key": "boxes", "label": _("Suljetut lähetykset"), "route": "boxes", "when": f"{WORK}.minds_boxes"},
                {"key": "new_case", "label": _("Kirjaa asia"), "route": "case_new", "when": f"{WORK}.registers_cases"},
                {"key": "parties", "label": _("Osapuolet"), "route": "parties", "when": f"{WORK}.works_with_parties"},
                {"key": "enquiry", "label": _("Tilannekysely"), "route": "enquiry", "when": f"{WORK}.reads_cases"},
                {"key": "requests", "label": _("Tietopyynnöt"), "route": "requests_desk", "when": f"{WORK}.reads_requests"},
                {"key": "registers", "label": _("Rekisterit"), "route": "registers", "when": f"{WORK}.reads_registers"},
            ],
        },
        {
            "title": _("Tiedonhallinta"),
            "items": [
                {"key": "imports", "label": _("Tuonnit"), "route": "catalog_imports", "when": f"{WORK}.imports_catalog"},
                {"key": "gate", "label": _("Kuvauksen julkaisu"), "route": "catalog_gate", "when": f"{WORK}.publishes_catalog"},
                {"key": "plan", "label": _("Suunnitelma"), "route": "plan", "when": f"{WORK}.reads_plan"},
                {"key": "api", "label": _("Rajapinta"), "route": "api-tokens"},
                {"key": "files", "label": _("Tiedostot"), "route": "files", "when": f"{WORK}.manages"},
                {"key": "publicity", "label": _("Julkisuus"), "route": "publicity", "when": f"{WORK}.reads_cases"},
                {"key": "retention", "label": _("Säilytys"), "route": "retention", "when": f"{WORK}.reads_retention"},
                {"key": "accounts", "label": _("Käyttäjät"), "route": "accounts", "when": f"{WORK}.manages"},
                {"key": "use_log", "label": _("Käyttöloki"), "route": "use_log", "when": f"{WORK}.oversees_reading"},
            ],
        },
    ],
}


def look_of(pack: Path) -> dict[str, Any]:
    """The look that the authority's data pack gives: its name and its colours."""
    path = pack / "authority.toml"
    if not path.is_file():
        return {}
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    colours = told.get("look", {})
    return {
        "authority": told["name"],
        "mark": told.get("mark", told["name"]),
        **{key: colours[key] for key in ("action", "brand") if key in colours},
    }
