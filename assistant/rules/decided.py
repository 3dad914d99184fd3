"""A yes/no question in, its side out where a day or a number that it names decides."""

import re
from datetime import date

from assistant.days import Period, find_days, find_periods
from assistant.rules.model import Fact
from assistant.rules.phrasings import Side
from assistant.words import question_words
from index.words import fold


def side_of_day(fact: Fact, clause: str, as_of: date) -> Side | None:
    """Decide a yes/no question by the day or the period that its clause names.

    None where it names none, where the fact has no day, and where a period has days on both sides of it.
    """
    when, named = fact.entry.when, _named(clause, as_of)
    if when is None or when.day is None:
        return None
    periods = {period if period.has_year else _nearest_year(period, when.day) for period in named}
    if len(periods) != 1:
        return None
    period, day = periods.pop(), when.day
    if when.bound == "moment" or any(pattern.search(fold(clause)) for pattern in question_words().names_the_day):
        return _side(fold(clause), holds=period.first <= day <= period.last)
    first, last = (
        {"until": each <= day, "before": each < day, "from": each >= day}[when.bound]
        for each in (period.first, period.last)
    )
    return _side(fold(clause), holds=first) if first is last else None


def side_of_coming_day(fact: Fact, asked: str, told: str, as_of: date) -> Side | None:
    """Decide whether something can still be done later than today; None where no day or period is named, or today is.

    ``asked`` is the clause that asks; a day that is ``told`` before it counts where the clause points back.
    """
    table, folded = question_words(), fold(asked)
    if any(pattern.search(folded) for pattern in table.today):
        return None
    points_back = any(pattern.search(folded) for pattern in table.that_day)
    for text in (asked, told if points_back else ""):
        named = _named(text, as_of)
        if named:
            return side_of_day(fact, text, as_of) if named[0].first > as_of else None
    return None


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
    """Return the period in the year in which it begins nearest to a day; 29 February stays in its own."""
    shifted = [period.in_year(year) for year in (day.year - 1, day.year, day.year + 1)]
    return min(shifted, key=lambda near: abs(near.first - day))


def _side(folded: str, *, holds: bool) -> Side:
    """Return the side for what holds; "klopt het dat ... niet" asks for the opposite."""
    denies = any(pattern.search(folded) for pattern in question_words().denies)
    return Side.AFFIRMED if holds is not denies else Side.DENIED
