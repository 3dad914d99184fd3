"""A yes/no question in, its side out where a day or a number that it names decides."""

import re
from datetime import date

from assistant.days import Period, find_days, find_periods
from assistant.rules.model import Fact, WhenEntry
from assistant.rules.phrasings import Side
from assistant.words import question_words
from index.words import fold


def side_of_day(fact: Fact, clause: str, as_of: date) -> Side | None:
    """Decide a yes/no question by the day or the period that its clause names.

    None where it names none or several, where the fact has no day, and where a period has days on both sides of it.
    """
    when = fact.entry.when
    if when is None or when.day is None:
        return None
    periods = {_nearest_year(period, when.day) for period in _named(clause, as_of)}
    return _side_of_period(periods.pop(), when, clause) if len(periods) == 1 else None


def side_of_coming_day(fact: Fact, asked: str, told: tuple[str, ...], as_of: date) -> Side | None:
    """Decide whether something can still be done later than today; None where no day or period is named, or today is.

    ``asked`` is the clause that asks; where it points back, the last day of the first of the ``told`` texts that names
    one counts.
    """
    table, folded, when = question_words(), fold(asked), fact.entry.when
    if when is None or when.day is None or any(pattern.search(folded) for pattern in table.today):
        return None
    points_back = any(pattern.search(folded) for pattern in table.that_day)
    for text in (asked, *(told if points_back else ())):
        named = _named(text, as_of)
        if named:
            period = named[-1]
            return _side_of_period(_nearest_year(period, when.day), when, text) if period.first > as_of else None
    return None


def _side_of_period(period: Period, when: WhenEntry, clause: str) -> Side | None:
    day, folded = when.day, fold(clause)
    if day is None:
        return None
    if when.bound == "moment" or any(pattern.search(folded) for pattern in question_words().names_the_day):
        return _side(folded, holds=period.first <= day <= period.last)
    first, last = (
        {"until": each <= day, "before": each < day, "from": each >= day}[when.bound]
        for each in (period.first, period.last)
    )
    return _side(folded, holds=first) if first is last else None


def _named(text: str, as_of: date) -> list[Period]:
    """Return the days that a text names, and the periods where it names no day."""
    days = [mention.period for mention in find_days(text, as_of)]
    return days or find_periods(text, as_of)


def side_of_number(fact: Fact, folded: str) -> Side | None:
    """Decide a yes/no question by the number that it names, where the fact draws a line; None where it names none."""
    line = fact.entry.threshold
    if line is None:
        return None
    unit = line.unit.pattern
    named = re.search(rf"(\d+(?:[.,]\d+)?)\s*{unit}|{unit}\D{{0,25}}(\d+(?:[.,]\d+)?)", folded)
    if not named:
        return None
    number = float((named.group(1) or named.group(2)).replace(",", "."))
    holds = {
        "above": number > line.number,
        "at-least": number >= line.number,
        "below": number < line.number,
        "at-most": number <= line.number,
    }[line.holds]
    return _side(folded, holds=holds)


def _nearest_year(period: Period, day: date) -> Period:
    """Return a period whose year was not said in the year in which it begins nearest to a day."""
    if period.has_year:
        return period
    shifted = [period.in_year(year) for year in (day.year - 1, day.year, day.year + 1)]
    return min(shifted, key=lambda near: abs(near.first - day))


def _side(folded: str, *, holds: bool) -> Side:
    """Return the side for what holds; "klopt het dat ... niet" asks for the opposite."""
    denies = any(pattern.search(folded) for pattern in question_words().denies)
    return Side.AFFIRMED if holds is not denies else Side.DENIED
