"""Tags and filters of the house: `{% load ui %}`. docs/ui.md shows each with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kirjaamo.ui import charts, forms, icons, wording
from kirjaamo.ui.languages import Text, active_language, law, pick
from kirjaamo.ui.parts import Badge, Chart
from kirjaamo.values.money import Money

register = template.Library()
register.filter(law)


@register.filter
def tr(value: Text | None) -> str:
    """Pick the text of the page's language from {fi, sv, en}; a plain text stays as it is."""
    return pick(value).text


@register.simple_tag
def text3(value: Text | None) -> SafeString:
    """Show a text, marked with its language when it is not that of the page."""
    text, lang = pick(value)
    return format_html('<span lang="{}">{}</span>', lang, text) if lang else conditional_escape(text)


@register.simple_tag
def soft(value: Text | None, longest: int = 18) -> SafeString:
    """Show a title: as text3, with hyphens to be in words that could be longer than a narrow screen."""
    text, lang = pick(value)
    if not lang and active_language() == "fi":
        text = wording.soften(text, longest)
    return format_html('<span lang="{}">{}</span>', lang, text) if lang else conditional_escape(text)


@register.filter
def date_fi(value: date | datetime | None, style: str = "") -> str:
    """Write a day (`22.11.2026`), or a moment (`22.11.2026 klo 14.30`); style `day`, `long` or `iso`."""
    if isinstance(value, datetime) and not style:
        return wording.moment(value)
    return wording.day(value, "" if style == "day" else style) if isinstance(value, date) else ""


@register.filter
def time_fi(value: time | datetime | None) -> str:
    """Write a time of day: `klo 14.30`."""
    return wording.clock(value)


@register.filter
def euro(value: object, decimals: int = 2) -> str:
    """Write a sum: `1 234,50 €`."""
    return wording.euro(value, decimals)


@register.filter
def figure(value: object, decimals: int | None = None) -> str:
    """Write a figure with its groups: `12 345`."""
    return wording.figure(value, decimals)


@register.filter
def rounding(code: str) -> str:
    """Say how a step of a calculation was rounded."""
    return wording.rounding(code)


@register.simple_tag
def when(value: date | datetime | Text | None) -> SafeString:
    """Show a date or a moment as a <time> element; a text is shown as it is; nothing as a dash."""
    if isinstance(value, date):
        iso = wording.local(value).isoformat() if isinstance(value, datetime) else value.isoformat()
        return format_html('<time datetime="{}">{}</time>', iso, wording.moment(value))
    return text3(value) if value else mark_safe("–")


@register.simple_tag
def shown(value: object) -> SafeString:
    """Show any value of a fact or a cell: text, mapping of languages, date, yes or no, list; nothing as a dash."""
    if value is None or value in ("", [], ()):
        return mark_safe('<span class="nothing">–</span>')
    draw: Callable[[Any], SafeString] = next((draw for kinds, draw in DRAWN if isinstance(value, kinds)), _text)
    return draw(value)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw a sign; the words beside it say the same."""
    return icons.icon(name, css)


@register.simple_tag
def badge(text: Text, tone: str = "neutral") -> SafeString:
    """Show a status as a word with a mark."""
    tone = tone if tone in icons.TONE_ICONS else "neutral"
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, icons.icon(icons.TONE_ICONS[tone]), text3(text))


@register.simple_tag
def button(
    label: Text, url: str = "", kind: str = "primary", name: str = "", value: str = "", sign: str = "", after: str = ""
) -> SafeString:
    """Draw a button, or with `url` a link that looks like one. kind: primary, secondary, quiet, danger; sign: an icon."""
    inner = format_html("{}<span>{}</span>{}", icons.icon(sign) if sign else "", text3(label), icons.icon(after) if after else "")
    if url:
        return format_html('<a class="button {}" href="{}">{}</a>', kind, url, inner)
    extra = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button type="submit" class="button {}"{}>{}</button>', kind, extra, inner)


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: Text = "", level: int = 2) -> SafeString:
    """`{% notice "warning" title="…" %}…{% endnotice %}`: a box with a mark; kinds info, success, warning, danger, secret."""
    kind = kind if kind in icons.TONE_ICONS else "info"
    head = format_html('<h{0} class="notice-title">{1}</h{0}>', int(level), text3(title)) if title else ""
    return format_html(
        '<section class="notice tone-{}">{}<div class="notice-body">{}{}</div></section>',
        kind,
        icons.icon(icons.TONE_ICONS[kind]),
        head,
        content,
    )


@register.simple_block_tag
def card(content: SafeString, title: Text = "", url: str = "", level: int = 2, tone: str = "") -> SafeString:
    """`{% card title="…" %}…{% endcard %}`: a framed part of a page; with `url` the title leads there."""
    name = format_html('<a href="{}">{}</a>', url, text3(title)) if url else text3(title)
    head = format_html('<h{0} class="card-title">{1}</h{0}>', int(level), name) if title else ""
    return format_html('<section class="card {}">{}{}</section>', tone, head, content)


@register.simple_block_tag
def details(content: SafeString, summary: Text, opened: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template's words
    """`{% details "Miten tämä on laskettu?" %}…{% enddetails %}`: an explanation one click away; works without script."""
    return format_html(
        '<details class="more"{}><summary>{}<span>{}</span></summary><div class="more-body">{}</div></details>',
        mark_safe(" open") if opened else "",
        icons.icon("chevron"),
        text3(summary),
        content,
    )


@register.inclusion_tag("ui/chart.html")
def chart(value: Chart) -> dict[str, Any]:
    """Draw a chart with its table behind it."""
    return {"drawing": charts.draw(value)}


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(*items: BaseForm | BaseFormSet[Any] | None) -> dict[str, Any]:
    """`{% error_summary form other_form %}`: every error at the top, each a link to its field; nothing when all is well."""
    return {"problems": list(forms.problems(*items))}


@register.filter
def drawn(bound: BoundField) -> forms.Drawn:
    """Return a form field ready for its template (used by ui/forms/field.html)."""
    return forms.draw(bound)


YES = {"fi": "Kyllä", "sv": "Ja", "en": "Yes"}
NO = {"fi": "Ei", "sv": "Nej", "en": "No"}


def _text(value: Text) -> SafeString:
    return soft(value, 30)


def _items(values: Iterable[object]) -> SafeString:
    return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}</li>", ((shown(value),) for value in values)))


# The kinds of values and how each is drawn; the first that fits is taken (a bool is an int, too).
DRAWN: tuple[tuple[type | tuple[type, ...], Callable[[Any], SafeString]], ...] = (
    (bool, lambda value: text3(YES if value else NO)),
    (date, when),
    (Badge, lambda value: badge(value.text, value.tone)),
    ((list, tuple), _items),
    (Money, lambda value: conditional_escape(wording.euro(value))),
    ((int, float, Decimal), lambda value: conditional_escape(wording.figure(value))),
)
