"""Deadlines and a day in, a picture of them out: places in per cent along one line of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.web.deadlines import Deadline
from assistant.web.render import label

_WIDTH_OF_DOT = 9.0
"""In per cent: a dot of 24 pixels on the narrowest phone."""
_LANE_HEIGHT = 30
_TOP = 44
_FAR = timedelta(3 * 365)


@dataclass(frozen=True)
class Dot:
    """A deadline in the picture; ``number`` is that of its row in the table, ``width`` is 0 for an exact day."""

    number: int
    x: float
    width: float
    y: int
    state: str


@dataclass(frozen=True)
class Tick:
    """The first day of a month; ``name`` is "" where there is no room for it."""

    x: float
    name: str


@dataclass(frozen=True)
class Picture:
    """The picture; ``today`` is None when the day lies outside it, ``height`` is in pixels."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    height: int


def draw_picture(deadlines: list[Deadline], as_of: date) -> Picture | None:
    """Lay out the deadlines, None when there are none; today is inside unless it lies years away."""
    if not deadlines:
        return None
    days = [day for deadline in deadlines for day in (deadline.first, deadline.last)]
    near = [as_of] if min(days) - _FAR <= as_of <= max(days) + _FAR else []
    first, last = _first_of_month(min(days + near), 0), _first_of_month(max(days + near), 1)
    span = (last - first).days

    def place(day: date) -> float:
        return round(7 + 88 * (day - first).days / span, 2)

    dots = _lanes([(place(deadline.first), place(deadline.last), deadline.label.state) for deadline in deadlines])
    height = max(dot.y for dot in dots) + _LANE_HEIGHT
    return Picture(tuple(dots), tuple(_ticks(first, last, place)), place(as_of) if near else None, height)


def _lanes(places: list[tuple[float, float, str]]) -> list[Dot]:
    """Put every dot on the first line where it covers no other."""
    ends: list[float] = []
    dots = []
    for number, (left, right, state) in enumerate(places, 1):
        lane = next((lane for lane, end in enumerate(ends) if end + _WIDTH_OF_DOT <= left), len(ends))
        ends[lane : lane + 1] = [right]
        dots.append(Dot(number, left, round(right - left, 2), _TOP + lane * _LANE_HEIGHT, state))
    return dots


def _ticks(first: date, last: date, place: Callable[[date], float]) -> list[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if months <= 4 else 2 if months <= 8 else 3 if months <= 15 else 6
    days = [_first_of_month(first, number) for number in range(months + 1)]
    names = label("months").split()
    return [
        Tick(place(day), f"{names[day.month - 1]} {day.year}" if number % step == 0 and number < months else "")
        for number, day in enumerate(days)
    ]


def _first_of_month(day: date, later: int) -> date:
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)
