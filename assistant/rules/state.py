"""A date of the policy and a day of asking in, the state of that date out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.rules.model import WhenEntry


class State(StrEnum):
    """What a date of the policy means on the day of asking."""

    NOT_YET_OPEN = "not_yet_open"
    OPEN = "open"
    CLOSES_TODAY = "closes_today"
    CLOSED = "closed"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True)
class DateState:
    """The state of a date; ``last_day`` is the last day on which one can act, ``days_left`` counts to it.

    For a date that starts something ``days_left`` counts to the start. Both are None where a vague date gives none.
    """

    state: State
    last_day: date | None = None
    days_left: int | None = None


def date_state(when: WhenEntry | None, as_of: date) -> DateState:
    """Return the state on a day: *before* excludes the day of the policy, *until* includes it, *from* starts on it."""
    if when is None:
        return DateState(State.NONE)
    if when.earliest and when.latest:
        return _vague_state(when.bound, when.earliest, when.latest, as_of)
    return _day_state(when.bound, when.day, as_of) if when.day else DateState(State.NONE)


def _day_state(bound: str, day: date, as_of: date) -> DateState:
    if bound in ("from", "moment") and as_of < day:
        return DateState(State.NOT_YET_OPEN, None, (day - as_of).days)
    if bound == "from":
        return DateState(State.OPEN)
    last_day = day - timedelta(days=1) if bound == "before" else day
    days_left = (last_day - as_of).days
    if days_left < 0:
        return DateState(State.CLOSED, last_day)
    return DateState(State.CLOSES_TODAY if days_left == 0 else State.OPEN, last_day, days_left)


def _vague_state(bound: str, earliest: date, latest: date, as_of: date) -> DateState:
    """Return a definite state only where every reading of the vague date agrees."""
    if as_of > latest:
        return DateState(State.OPEN if bound == "from" else State.CLOSED)
    if as_of >= earliest:
        return DateState(State.VAGUE)
    return DateState(State.OPEN if bound in ("until", "before") else State.NOT_YET_OPEN)
