"""The signs of the house, drawn on a grid of 24 with lines of one weight; drawn inline, so they take the colour of the text."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

LINES: dict[str, str] = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
    "calendar": "M4 6.5h16V20H4zM4 11h16M8.5 3.5v5M15.5 3.5v5",
    "check": "M5 12.8l4.6 4.7L19.5 7",
    "chevron": "M9 6l6 6-6 6",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 8v4.6l3 1.9",
    "cross": "M6 6l12 12M18 6L6 18",
    "down": "M6 9l6 6 6-6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
    "external": "M10 5H5v14h14v-5M13.5 5H19v5.5M19 5l-8 8",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z",
    "file": "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6.5M9 16h6.5",
    "folder": "M3.5 6h6l2 2.5h9V19h-17z",
    "globe": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17z",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 11v5.5M12 7.4v.4",
    "lock": "M5.5 10.5h13v9.5h-13zM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3.5 5.5h17v13h-17zM3.5 6.5l8.5 7 8.5-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M6 12h12",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "question": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM9.5 9.5c.2-3.3 5-3.1 5 0c0 2-2.5 2-2.5 4.2M12 16.5v.4",
    "ring": "M12 6a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.3 15.3L20.5 20.5",
    "send": "M3.5 11.5L20.5 4l-5.5 16.5-4-7zM11 13.5L20.5 4",
    "star": "M12 4l2.4 5.3 5.6.6-4.2 3.9 1.2 5.7-5-2.9-5 2.9 1.2-5.7L4 9.9l5.6-.6z",
    "stop": "M8.2 3.5h7.6l4.7 4.7v7.6l-4.7 4.7H8.2l-4.7-4.7V8.2zM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4",
    "upload": "M12 15.5v-11M7 9l5-5 5 5M4.5 20h15",
    "user": "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM4.5 20.5c.7-8 14.3-8 15 0",
    "warning": "M12 4L21.5 20H2.5zM12 10v5M12 17.2v.4",
}

TONE_ICONS = {"neutral": "ring", "info": "info", "success": "check", "warning": "warning", "danger": "stop", "secret": "lock"}


def icon(name: str, css: str = "") -> SafeString:
    """Return the sign as inline SVG, hidden from screen readers: a word always stands beside it. KeyError: no such sign."""
    classes = f"icon {css}".strip()
    return mark_safe(
        f'<svg class="{classes}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<path d="{LINES[name]}"/></svg>'
    )
