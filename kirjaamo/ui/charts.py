"""The geometry of a chart, worked out on the server: SVG without script, with the same figures as a table behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Chart
from kirjaamo.ui.wording import figure

WIDTH, HEIGHT = 560, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 36
MOST_LABELS = 12
MOST_SERIES = 3


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a label under the chart; places are ready-made texts (a locale would write a comma)."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and what it says when pointed at."""

    x: str
    y: str
    width: str
    height: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a gap where a figure is missing, and its points."""

    path: str
    points: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template of a chart places."""

    chart: Chart
    view_box: str
    grid: Sequence[Tick]
    labels: Sequence[Tick]
    bars: Sequence[tuple[int, Sequence[Bar]]]
    lines: Sequence[tuple[int, Line]]
    zero: str
    left: int
    right: int
    bottom: int
    rows: Sequence[tuple[str, Sequence[str]]]


def scale_top(largest: float) -> tuple[float, float]:
    """Return the top of the scale and the step of the grid: round figures, four or five lines. Zero gives 1 and 1."""
    if largest <= 0:
        return 1.0, 1.0
    rough = largest / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough)
    return step * math.ceil(largest / step), step


def draw(chart: Chart) -> Drawing:
    """Return the drawing of a chart. More than three series, or rows of unequal length, raise ValueError."""
    if len(chart.series) > MOST_SERIES:
        message = f"A chart shows at most {MOST_SERIES} series; use a table for {len(chart.series)}."
        raise ValueError(message)
    if any(len(series.values) != len(chart.labels) for series in chart.series):
        message = "Every series needs a figure (or None) for each label."
        raise ValueError(message)
    known = [value for series in chart.series for value in series.values if value is not None]
    low = min([0.0, *known])
    top, step = scale_top(max([0.0, *known, -low]))
    bottom = -step * math.ceil(-low / step) if low < 0 else 0.0
    frame = Frame(len(chart.labels), bottom, top)
    return Drawing(
        chart=chart,
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        grid=_grid(frame, step),
        labels=_labels(chart, frame),
        bars=_bars(chart, frame) if chart.kind == "bar" else (),
        lines=_lines(chart, frame) if chart.kind == "line" else (),
        zero=_n(frame.y(0)),
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        rows=_rows(chart),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The field of the chart: which place a figure and a label have."""

    count: int
    bottom: float
    top: float

    @property
    def slot(self) -> float:
        """The width of the place of one label."""
        return (WIDTH - LEFT - RIGHT) / max(self.count, 1)

    def x(self, index: int) -> float:
        """The middle of the place of a label."""
        return LEFT + self.slot * (index + 0.5)

    def y(self, value: float) -> float:
        """The height of a figure."""
        return TOP + (self.top - value) / (self.top - self.bottom) * (HEIGHT - TOP - BOTTOM)


def _n(value: float) -> str:
    return f"{value:.1f}"


def _grid(frame: Frame, step: float) -> list[Tick]:
    count = round((frame.top - frame.bottom) / step)
    values = [frame.bottom + step * index for index in range(count + 1)]
    places = next(n for n in range(12) if n == 11 or math.isclose(step, round(step, n)))  # noqa: PLR2004
    return [Tick(_n(frame.y(value)), figure(value, places)) for value in values]


def _labels(chart: Chart, frame: Frame) -> list[Tick]:
    every = math.ceil(len(chart.labels) / MOST_LABELS)
    return [Tick(_n(frame.x(i)), pick(label).text) for i, label in enumerate(chart.labels) if i % every == 0]


def _said(chart: Chart, index: int, value: float, name: str) -> str:
    unit = pick(chart.unit).text
    words = [pick(chart.labels[index]).text, name, f"{figure(value, chart.decimals)} {unit}".strip()]
    return " · ".join(word for word in words if word)


def _bars(chart: Chart, frame: Frame) -> list[tuple[int, list[Bar]]]:
    space = frame.slot * 0.72
    width = space / max(len(chart.series), 1)
    made = []
    for number, series in enumerate(chart.series):
        bars = []
        for index, value in enumerate(series.values):
            if value is None:
                continue
            x = frame.x(index) - space / 2 + width * number
            y, base = sorted((frame.y(value), frame.y(0)))
            said = _said(chart, index, value, pick(series.name).text)
            bars.append(Bar(_n(x), _n(y), _n(max(width - 2, 1)), _n(max(base - y, 0)), said))
        made.append((number, bars))
    return made


def _lines(chart: Chart, frame: Frame) -> list[tuple[int, Line]]:
    made = []
    for number, series in enumerate(chart.series):
        pen, path, points = "M", [], []
        for index, value in enumerate(series.values):
            if value is None:
                pen = "M"
                continue
            x, y = _n(frame.x(index)), _n(frame.y(value))
            path.append(f"{pen}{x} {y}")
            points.append((x, y, _said(chart, index, value, pick(series.name).text)))
            pen = "L"
        made.append((number, Line("".join(path), points)))
    return made


def _rows(chart: Chart) -> list[tuple[str, list[str]]]:
    return [
        (pick(label).text, [_cell(series.values[index], chart.decimals) for series in chart.series])
        for index, label in enumerate(chart.labels)
    ]


def _cell(value: float | None, decimals: int) -> str:
    return "–" if value is None else figure(value, decimals)
