"""A yes/no question in, its side out where a day or a number that it names decides."""

import re
from datetime import date

from assistant.days import find_days
from assistant.rules.model import Fact
from assistant.rules.phrasings import Side
from assistant.words import question_words
from index.words import fold


def side_of_day(fact: Fact, clause: str, as_of: date) -> Side | None:
    """Decide a yes/no question by the day that its clause names; None where it names none, or the fact has none."""
    when, named = fact.entry.when, find_days(clause, as_of)
    if when is None or when.day is None or len(named) != 1:
        return None
    day = named[0].day if named[0].has_year else _nearest_year(named[0].day, when.day)
    if when.bound == "moment" or any(pattern.search(fold(clause)) for pattern in question_words().names_the_day):
        holds = day == when.day
    else:
        holds = {"until": day <= when.day, "before": day < when.day, "from": day >= when.day}[when.bound]
    return Side.AFFIRMED if holds else Side.DENIED


def side_of_coming_day(fact: Fact, asked: str, told: str, as_of: date) -> Side | None:
    """Decide whether something can still be done on a later day than today; None where none is named, or today is.

    ``asked`` is the clause that asks; a day that is ``told`` before it counts where the clause points back.
    """
    table, folded = question_words(), fold(asked)
    if any(pattern.search(folded) for pattern in table.today):
        return None
    points_back = any(pattern.search(folded) for pattern in table.that_day)
    for text in (asked, told if points_back else ""):
        named = find_days(text, as_of)
        if named:
            return side_of_day(fact, text, as_of) if named[0].day > as_of else None
    return None


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
    return Side.AFFIRMED if holds else Side.DENIED


def _nearest_year(day: date, other: date) -> date:
    """Return the day in the year in which it lies nearest to another; 29 February stays in its own."""
    if (day.month, day.day) == (2, 29):
        return day
    return min((day.replace(year=other.year + shift) for shift in (-1, 0, 1)), key=lambda near: abs(near - other))
