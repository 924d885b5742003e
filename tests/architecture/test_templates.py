"""No page carries style or script of its own: the content policy would block it in the browser, and nobody would see why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "kirjaamo"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:|\shx-on|\shx-vals\s*=\s*["']js:""", re.IGNORECASE
)


def faults(text: str) -> list[str]:
    """What of a template the policy (`config.middleware.POLICY`) would block, with its line."""
    return [f"line {text.count(chr(10), 0, found.start()) + 1}: {found.group().strip()}" for found in INLINE.finditer(text)]


def test_no_template_has_style_or_script_of_its_own() -> None:
    """Everything is in files that are served from here."""
    assert len(TEMPLATES) > 100
    told = {str(path.relative_to(ROOT)): found for path in TEMPLATES if (found := faults(path.read_text("utf-8")))}
    assert told == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>run()</script>",
        '<a onclick="go()">',
        '<a href="javascript:x">',
        "<b hx-on:click>",
    ],
)
def test_a_planted_one_is_found(planted: str) -> None:
    assert faults(planted)


def test_files_of_script_are_fine() -> None:
    assert faults('<script src="/static/ui/app.js" defer></script><link rel="stylesheet" href="x.css">') == []
