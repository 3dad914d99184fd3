"""Metrics in, the geometry of the plots of the report out; the template draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from eval.metrics import Share, Summary

_EDGES = (0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
WIDTH = 720
ROW = 28
_LABELS = 170
_FIGURES = 120
_AREA = WIDTH - _LABELS - _FIGURES
_COLUMNS = 160


@dataclass(frozen=True)
class Bar:
    """A horizontal bar with its interval; lengths in units of the drawing, ``middle`` is the height of its centre."""

    name: str
    share: Share
    middle: int
    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class BarPlot:
    """The pass rate per category; ``grid`` are (place, percentage) of the lines."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[float, int], ...]
    width: int
    height: int
    top: int


@dataclass(frozen=True)
class Column:
    """A column of the histogram: answers of ``start`` up to but not including ``end`` milliseconds."""

    start: int
    end: int | None
    count: int
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True)
class Histogram:
    """How many answers took how long."""

    columns: tuple[Column, ...]
    width: int
    height: int
    floor: int


def bar_plot(summary: Summary) -> BarPlot:
    """Lay the pass rates out, one category a row."""
    top = ROW
    bars = []
    for number, (name, metrics) in enumerate(summary.categories):
        share = metrics.passed
        low, high = share.interval
        middle = top + number * ROW + ROW // 2
        bars.append(Bar(name, share, middle, _LABELS, _at(share.value or 0), _at(low), _at(high)))
    grid = tuple((_at(percentage / 100), percentage) for percentage in (0, 25, 50, 75, 100))
    return BarPlot(tuple(bars), grid, WIDTH, top + len(bars) * ROW + 4, top)


def histogram(milliseconds: Iterable[float]) -> Histogram:
    """Lay the times out, in columns whose borders grow by two and a half at most."""
    times = list(milliseconds)
    bounds = [*pairwise(_EDGES), (_EDGES[-1], None)]
    counts = [sum(start <= time and (end is None or time < end) for time in times) for start, end in bounds]
    highest = max(counts, default=0) or 1
    width = WIDTH / len(bounds)
    columns = []
    for number, ((start, end), count) in enumerate(zip(bounds, counts, strict=True)):
        height = round(count / highest * _COLUMNS, 1)
        columns.append(
            Column(start, end, count, round(number * width + 4, 1), round(width - 8, 1), _COLUMNS + 20 - height, height)
        )
    return Histogram(tuple(columns), WIDTH, _COLUMNS + 46, _COLUMNS + 20)


def _at(share: float) -> float:
    return round(_LABELS + share * _AREA, 1)
