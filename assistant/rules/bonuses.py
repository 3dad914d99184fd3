"""A question in, what speaks for a fact beside its phrasings out: the kind of answer wanted, its date and its cues."""

from dataclasses import dataclass

from assistant.form import Form
from assistant.parts import Part
from assistant.rules.model import CuesEntry, Fact, Kind, WhenEntry
from assistant.understand import Query
from assistant.words import question_words
from index.words import fold

_WANTED = 0.15
_IN_TIME = 1.2
_ENDING = 0.2
_TERM = 0.15
_OWN_CASE = 5.0
_CUE = 0.8
_NAMED = 4.0
_RULED_OUT = -2.0
_GENERAL = -0.1
_MOMENT = -0.4


@dataclass(frozen=True)
class Signs:
    """What a question asks for.

    ``kinds`` are the kinds of fact that give the answer; ``is_dated``: one with a date or term; ``ends``: one with a
    last day; ``is_in_time``: whether one is in time; ``is_own_case``: a case of the asker's own, that a desk handles;
    ``text`` is what cues read.
    """

    kinds: frozenset[str]
    is_dated: bool
    ends: bool
    is_in_time: bool
    is_still: bool
    is_own_case: bool
    names_day: bool
    text: str


def read_signs(query: Query, part: Part) -> Signs:
    """Read from a part of a question what it asks for."""
    table, asked, text = question_words(), fold(part.text), fold(" ".join(f"{query.text} {part.texts[0]}".split()))
    wanted = [expected for expected in table.expects if expected.pattern.search(asked)]
    is_still = part.form is Form.STILL
    is_in_time = any(pattern.search(asked) for pattern in table.in_time)
    return Signs(
        kinds=frozenset(kind for expected in wanted for kind in expected.kinds),
        is_dated=is_still or any(expected.dated for expected in wanted),
        ends=is_in_time or is_still or any(expected.ends for expected in wanted),
        is_in_time=is_in_time,
        is_still=is_still,
        is_own_case=any(pattern.search(text) for pattern in table.own_case),
        names_day=bool(query.days),
        text=text,
    )


def bonus(fact: Fact, signs: Signs) -> float:
    """Return what speaks for a fact; one that its cues rule out falls behind all others."""
    entry = fact.entry
    total = _of_date(entry.when, signs) if entry.when else 0.0
    if entry.kind in signs.kinds or (signs.is_dated and (entry.when or entry.term)):
        total += _WANTED
    if entry.term and signs.names_day:
        total += _TERM
    if entry.kind is Kind.REDIRECT and signs.is_own_case:
        total += _OWN_CASE
    if entry.kind is Kind.ABSENT and fact.policy is None:
        total += _GENERAL
    return total + (_of_cues(entry.cues, signs, _CUE if fact.policy else _NAMED) if entry.cues else 0.0)


def _of_date(when: WhenEntry, signs: Signs) -> float:
    total = _WANTED * signs.is_dated + _IN_TIME * signs.is_in_time
    if when.bound in ("until", "before"):
        total += _ENDING * signs.ends
    if when.bound == "moment":
        total += _MOMENT * signs.ends
    return total


def _of_cues(cues: CuesEntry, signs: Signs, favoured: float) -> float:
    total = 0.0
    if cues.favours and cues.favours.search(signs.text):
        total += favoured
    if cues.rules_out and cues.rules_out.search(signs.text):
        total += _RULED_OUT
    return total
