"""Colours that could not be read are refused; those of the house can be."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from kirjaamo.ui.look import Look, check_contrast, contrast, current, mix
from kirjaamo.ui.styles import FOLDER, PARTS, sheet


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    # The examples of WCAG 2.1: black on white 21, #767676 on white just over 4.5, #777777 just under.
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(ink: str, ground: str, ratio: float) -> None:
    assert contrast(ink, ground) == pytest.approx(ratio, abs=0.005)
    assert contrast(ground, ink) == contrast(ink, ground)


def test_a_pair_just_under_the_limit_is_refused_with_its_figures() -> None:
    assert check_contrast("#767676", "#ffffff") >= 4.5
    with pytest.raises(ImproperlyConfigured, match=r"Linkki: #777777 pohjalla #ffffff .* 4\.48:1, vaaditaan 4\.5:1"):
        check_contrast("#777777", "#ffffff", where="Linkki")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"action": "#ffc61e"}, "Toimintaväri"),
        ({"action": "#8080ff"}, "Toimintaväri"),
        ({"brand": "#9fc9eb"}, "Tunnusväri"),
        ({"accent": "#101030"}, "Korostusväri"),
        ({"action": "blue"}, "ei ole muotoa"),
        ({"accent_strong": "url(x)"}, "ei ole muotoa"),
        ({"colour": "#000000"}, "tuntematon tieto: colour"),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        Look.from_mapping(values)


def test_the_look_of_the_setting_reaches_the_stylesheet() -> None:
    with override_settings(KIRJAAMO_LOOK={"action": "#7a1f00", "brand": "#004d40"}):
        assert current().action == "#7a1f00"
        assert b"--action:#7a1f00;" in sheet().plain
        other = sheet().mark
    assert b"--action:#0000bf;" in sheet().plain
    assert other != sheet().mark


def _tokens() -> dict[str, str]:
    text = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", text))


@pytest.mark.parametrize("tone", ["neutral", "info", "success", "warning", "danger", "secret"])
def test_every_tone_can_be_read(tone: str) -> None:
    tokens = _tokens()
    ground = tokens[f"{tone}-ground"]
    assert contrast(tokens[f"{tone}-ink"], ground) >= 4.5
    assert contrast(tokens["ink"], ground) >= 4.5
    assert contrast(tokens["action"], ground) >= 4.5, "links in a notice"
    assert contrast(tokens[f"{tone}-edge"], ground) >= 3
    assert contrast(tokens[f"{tone}-edge"], "#ffffff") >= 3


@pytest.mark.parametrize("ground", ["ground", "ground-soft", "ground-deep", "tint", "tint-strong"])
def test_ink_can_be_read_on_every_ground(ground: str) -> None:
    tokens = _tokens()
    for ink in ("ink", "ink-soft", "action", "action-dark"):
        assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    assert contrast(tokens["line-strong"], tokens[ground]) >= 3, "borders of inputs"


def test_white_can_be_read_on_the_grounds_of_buttons() -> None:
    tokens = _tokens()
    for ground in ("action", "action-dark", "danger-edge", "danger-ink", "work-ground", "brand"):
        assert contrast("#ffffff", tokens[ground]) >= 4.5


def test_the_plain_tokens_are_those_of_the_plain_look() -> None:
    tokens, look = _tokens(), Look()
    assert tokens["action"] == look.action
    for name in ("tint", "tint_strong", "work_ground", "action_dark"):
        ours, derived = tokens[name.replace("_", "-")], getattr(look, name)
        assert contrast(ours, derived) < 1.15, (name, ours, derived)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#0000bf", "#ffffff", 1) == "#0000bf"
    assert mix("#0000bf", "#ffffff", 0) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_rules_use_tokens_that_exist() -> None:
    css = "".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    used = set(re.findall(r"var\((--[a-z0-9-]+)", css))
    given = set(re.findall(r"(--[a-z0-9-]+):", css))
    assert used <= given, used - given
    assert css.count("{") == css.count("}")
