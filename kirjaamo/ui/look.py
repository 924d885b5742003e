"""The look of one authority: its name, its mark and its colours, refused when they could not be read.

The data pack gives a mapping to the setting KIRJAAMO_LOOK; `current()` returns the checked look. Colours are derived
from three: the action colour (links, buttons), the brand ground (hero, work header) and an accent for decoration.
Source of the limits: WCAG 2.1 criteria 1.4.3 and 1.4.11 (laki digitaalisten palvelujen tarjoamisesta 306/2019 § 7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kirjaamo.ui.languages import Text

TEXT_CONTRAST = 4.5  # WCAG 1.4.3, normal text
SHAPE_CONTRAST = 3.0  # WCAG 1.4.11, borders, focus ring, marks
WHITE = "#ffffff"
BLACK = "#000000"
LINEAR_UP_TO = 0.04045  # below it sRGB is linear (WCAG 2.1, relative luminance)
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2.1 defines it."""
    if not HEX.fullmatch(colour):
        message = f"Väri {colour!r} ei ole muotoa #rrggbb."
        raise ImproperlyConfigured(message)
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= LINEAR_UP_TO else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_contrast(ink: str, ground: str, least: float = TEXT_CONTRAST, *, where: str = "") -> float:
    """Return the contrast of `ink` on `ground`; raise ImproperlyConfigured when it is under `least`."""
    ratio = contrast(ink, ground)
    if ratio < least:
        message = (
            f"{where or 'Väripari'}: {ink} pohjalla {ground} erottuu vain suhteella {ratio:.2f}:1, "
            f"vaaditaan {least}:1 (WCAG AA). Valitse tummempi tai vaaleampi väri."
        )
        raise ImproperlyConfigured(message)
    return ratio


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` mixed with `other`; `share` (0 to 1) is the part of `colour`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@dataclass(frozen=True, slots=True)
class Look:
    """How an authority looks. Making one checks its colours, so a `Look` that exists can be read."""

    authority: Text = field(default_factory=lambda: {"fi": "Viranomainen", "sv": "Myndigheten", "en": "Authority"})
    mark: Text = ""  # the short name beside the sign of the product; the authority's name when empty
    product: str = "Kirjaamo"
    logo: str = ""  # path of a static image, shown in place of the short name
    action: str = "#0000bf"
    brand: str = "#0000bf"
    on_brand: str = WHITE
    accent: str = "#9fc9eb"
    accent_strong: str = "#ffc61e"

    def __post_init__(self) -> None:
        check_contrast(WHITE, self.action, where="Toimintaväri (painikkeen teksti)")
        check_contrast(self.action, self.tint, where="Toimintaväri (linkki sävytetyllä pohjalla)")
        check_contrast(self.on_brand, self.brand, where="Tunnusväri ja sen teksti")
        check_contrast(WHITE, self.work_ground, where="Työtilan yläpalkki")
        check_contrast(self.accent, self.work_ground, SHAPE_CONTRAST, where="Korostusväri työtilan yläpalkissa")
        for colour in (self.accent_strong,):
            luminance(colour)

    @property
    def action_dark(self) -> str:
        """The action colour when pointed at or pressed."""
        return mix(self.action, BLACK, 0.72)

    @property
    def tint(self) -> str:
        """A ground lightly tinted with the action colour."""
        return mix(self.action, WHITE, 0.055)

    @property
    def tint_strong(self) -> str:
        """A ground tinted with the action colour, for what is chosen."""
        return mix(self.action, WHITE, 0.13)

    @property
    def work_ground(self) -> str:
        """The ground of the header where people work: the brand colour, darkened."""
        return mix(self.brand, BLACK, 0.42)

    @property
    def short_name(self) -> Text:
        """What stands beside the sign of the product."""
        return self.mark or self.authority

    def css(self) -> str:
        """Return the rules that give the tokens of the authority their values."""
        names = ("action", "action_dark", "tint", "tint_strong", "brand", "on_brand", "accent", "accent_strong", "work_ground")
        rows = (f"--{name.replace('_', '-')}:{getattr(self, name)};" for name in names)
        return ":root{" + "".join(rows) + "}\n"

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Look:
        """Make a look of a data pack's table; an unknown key or a colour that cannot be read is refused by name."""
        known = {f.name for f in fields(cls)}
        if unknown := set(values) - known:
            message = f"Ulkoasun tuntematon tieto: {', '.join(sorted(unknown))}. Tunnetut: {', '.join(sorted(known))}."
            raise ImproperlyConfigured(message)
        return cls(**values)


@lru_cache(maxsize=8)
def _made(frozen: str) -> Look:  # noqa: ARG001 - the content of the setting is the key
    values = getattr(settings, "KIRJAAMO_LOOK", None) or {}
    return values if isinstance(values, Look) else Look.from_mapping(values)


def current() -> Look:
    """Return the look of this authority: the setting KIRJAAMO_LOOK (a mapping or a Look), else the plain one."""
    return _made(repr(getattr(settings, "KIRJAAMO_LOOK", None)))
