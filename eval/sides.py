"""A text in, the side that it takes of a yes/no question out."""

import re
from enum import StrEnum

LIMIT = 250
"""The side must be clear within this many characters."""


class Side(StrEnum):
    """The answer to a yes/no question."""

    YES = "yes"
    NO = "no"


# English "no" only counts at the beginning of a sentence: "in no case" and "no later than" take no side.
_SIDES = re.compile(
    r"(?P<neither>\b(?:ja|yes)\b\W{0,3}(?:of|or)?\W{0,3}\b(?:nee|no)\b|\b(?:zo|indien|if) (?:ja|nee|yes|no)\b)"
    r"|(?P<yes>\b(?:ja|yes)\b)"
    r"|(?P<no>\bnee\b|(?:^|[.!?:\n])\W*no\b(?! later| earlier| sooner| more| less| fewer))",
    re.IGNORECASE,
)


def side_of(text: str) -> Side | None:
    """Return the side that the first 250 characters take first, None when they take none."""
    for match in _SIDES.finditer(text[:LIMIT]):
        if match["yes"]:
            return Side.YES
        if match["no"]:
            return Side.NO
    return None


def side_at_start(text: str) -> Side | None:
    """Return the side that the first word takes, None when it is not ja, nee, yes or no."""
    first = re.match(r"\W*\w+", text)
    return side_of(text) if first and side_of(first.group()) else None
