"""The day of asking, the days that a question names, and how both are written in Dutch and English."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from assistant.errors import UsageError

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MONTHS_NL = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
              "november", "december")  # fmt: skip
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip
MONTH_NAMES = (*_MONTHS_NL, *(name for name in _MONTHS_EN if name.lower() not in _MONTHS_NL))
_MONTH_NUMBER = {
    **{name: number for number, name in enumerate(_MONTHS_NL, 1)},
    **{name.lower(): number for number, name in enumerate(_MONTHS_EN, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS_NL, 1) if name != "maart"},
    **{"mrt": 3, "oct": 10, "sept": 9, "okt": 10, "dec": 12},
}
_MONTH = "|".join(sorted(map(re.escape, _MONTH_NUMBER), key=len, reverse=True))
_PATTERNS = (
    re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>20\d\d)\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:\s+(?P<y>20\d\d))?"
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>20\d\d))?"),
)
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SHIFTS = {"morgen": 1, "overmorgen": 2, "gisteren": -1, "eergisteren": -2, "tomorrow": 1, "yesterday": -1}
_RELATIVE = re.compile(
    rf"(?<!goede )\b(?:(?P<shift>{'|'.join(_SHIFTS)})(?:ochtend|middag|avond)?"
    rf"|(?:komende|aanstaande|aankomende|a\.s\.) (?P<weekday>{'|'.join(_WEEKDAYS)}))\b"
)
_PARTS_OF_MONTH = {"in": (1, 31), "begin": (1, 10), "half": (11, 20), "medio": (11, 20), "midden": (11, 20),
                   "eind": (21, 31), "early": (1, 10), "mid": (11, 20), "late": (21, 31)}  # fmt: skip
_MONTH_ALONE = re.compile(
    rf"\b(?P<part>{'|'.join(_PARTS_OF_MONTH)}) (?P<month>{'|'.join(map(str.lower, MONTH_NAMES))})\b"
    rf"(?:\s+(?P<y>20\d\d))?"
)
_COMING = re.compile(r"\b(?:volgende|komende|aankomende|next|coming) (?:(?P<week>week)|(?P<month>maand|month))\b")


@dataclass(frozen=True)
class Period:
    """From the first day to the last; ``has_year`` as for a day."""

    first: date
    last: date
    has_year: bool

    def in_year(self, year: int) -> "Period":
        """Return the same period of another year, in which it begins."""
        first = in_year(self.first, year)
        return Period(first, in_year(self.last, self.last.year + first.year - self.first.year), has_year=True)


@dataclass(frozen=True)
class DayMention:
    """A day that a question names; ``has_year`` tells whether the year was said or taken from the day of asking."""

    day: date
    has_year: bool
    start: int
    end: int

    @property
    def period(self) -> Period:
        """The day as a period of its own."""
        return Period(self.day, self.day, self.has_year)


def today() -> date:
    """Return the day it is in Amsterdam."""
    return datetime.now(_AMSTERDAM).date()


def parse_day(text: str) -> date:
    """Read YYYY-MM-DD.

    Raises:
        UsageError: it is not a day that exists.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is geen bestaande dag. Schrijf een dag als 2025-10-24.") from None


def find_days(text: str, as_of: date) -> list[DayMention]:
    """Find the whole days in a question; vague dates and days that do not exist are not turned into a day.

    A day without a year is the one nearest to the day of asking; "morgen" and "komende zondag" count from that.
    """
    folded = text.lower()
    return sorted([*_mentions(folded, as_of), *_relative(folded, as_of)], key=lambda mention: mention.start)


def find_periods(text: str, as_of: date) -> list[Period]:
    """Find what a question names without a day: "in maart", "eind maart" (from the 21st), "volgende week"."""
    folded, found = text.lower(), []
    for match in _MONTH_ALONE.finditer(folded):
        begin = _day(match["y"], _MONTH_NUMBER[match["month"]], 1, as_of)
        if begin:
            first, last = _PARTS_OF_MONTH[match["part"]]
            end = min(last, monthrange(begin.year, begin.month)[1])
            found.append(Period(begin.replace(day=first), begin.replace(day=end), bool(match["y"])))
    return found + [_coming(match["week"] is not None, as_of) for match in _COMING.finditer(folded)]


def in_year(day: date, year: int) -> date:
    """Return the same day of another year; 29 February stays in its own where the other has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day


def _coming(is_week: bool, as_of: date) -> Period:
    """Return the next week, from Monday, or the next month."""
    if is_week:
        monday = as_of + timedelta(days=7 - as_of.weekday())
        return Period(monday, monday + timedelta(days=6), has_year=True)
    first = (as_of.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]), has_year=True)


def _relative(text: str, as_of: date) -> Iterator[DayMention]:
    for match in _RELATIVE.finditer(text):
        if match["shift"]:
            days = _SHIFTS[match["shift"]]
        else:
            days = (_WEEKDAYS.index(match["weekday"]) - as_of.weekday() - 1) % 7 + 1
        yield DayMention(as_of + timedelta(days=days), has_year=True, start=match.start(), end=match.end())


def _mentions(text: str, as_of: date) -> Iterator[DayMention]:
    taken: list[range] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = range(*match.span())
            if any(position in other for other in taken for position in (span.start, span.stop - 1)):
                continue
            groups = match.groupdict()
            month = _MONTH_NUMBER[groups["month"]] if groups.get("month") else int(groups["m"])
            day = _day(groups.get("y"), month, int(groups["d"]), as_of)
            if day:
                taken.append(span)
                yield DayMention(day, bool(groups.get("y")), span.start, span.stop)


def _day(year: str | None, month: int, day: int, as_of: date) -> date | None:
    years = [int(year)] if year else [as_of.year - 1, as_of.year, as_of.year + 1]
    found = []
    for candidate in years:
        try:
            found.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(found, key=lambda candidate: abs(candidate - as_of), default=None)


def add_working_days(start: date, count: int) -> date:
    """Return the last of ``count`` working days after a day.

    Weekends and Dutch public holidays do not count; Good Friday is a working day, Liberation Day is free once in five
    years (the calendar of the library lists Good Friday as public, which the collective agreements do not).
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _holidays(day.year):
            count -= 1
    return day


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    import holidays

    listed = holidays.country_holidays("NL", years=year, language="nl")
    return frozenset(day for day, name in listed.items() if "goede vrijdag" not in name.lower())


def write_month(day: date, lang: str) -> str:
    """Write the month of a day: "oktober 2025" or "October 2025"."""
    return write_day(day, lang).split(" ", 1)[1]


def write_day(day: date, lang: str) -> str:
    """Write a day in full: "24 oktober 2025" or "24 October 2025"."""
    months = _MONTHS_EN if lang == "en" else _MONTHS_NL
    return f"{day.day} {months[day.month - 1]} {day.year}"
