"""A yes/no question in, its side out where a day or a number that it names decides."""

import re
from datetime import date

from assistant.days import find_days, in_year
from assistant.rules.model import Fact
from assistant.rules.phrasings import Side
from assistant.words import question_words
from index.words import fold


def side_of_day(fact: Fact, clause: str, as_of: date) -> Side | None:
    """Decide a yes/no question by the day that its clause names; None where it names none, or the fact has none."""
    when, named = fact.entry.when, find_days(clause, as_of)
    if when is None or when.day is None:
        return None
    days = {mention.day if mention.has_year else _nearest_year(mention.day, when.day) for mention in named}
    if len(days) != 1:
        return None
    day = days.pop()
    if when.bound == "moment" or any(pattern.search(fold(clause)) for pattern in question_words().names_the_day):
        holds = day == when.day
    else:
        holds = {"until": day <= when.day, "before": day < when.day, "from": day >= when.day}[when.bound]
    return _side(fold(clause), holds=holds)


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
    return _side(folded, holds=holds)


def _nearest_year(day: date, other: date) -> date:
    """Return the day in the year in which it lies nearest to another; 29 February stays in its own."""
    return min((in_year(day, other.year + shift) for shift in (-1, 0, 1)), key=lambda near: abs(near - other))


def _side(folded: str, *, holds: bool) -> Side:
    """Return the side for what holds; "klopt het dat ... niet" asks for the opposite."""
    denies = any(pattern.search(folded) for pattern in question_words().denies)
    return Side.AFFIRMED if holds is not denies else Side.DENIED
