"""Facts in, the phrasings that people use for them out, each with the side that the fact takes in it."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.rules.model import Fact


class Side(StrEnum):
    """The side that a fact takes in a phrasing."""

    WHAT = "what"
    AFFIRMED = "affirmed"
    DENIED = "denied"
    DEPENDS = "depends"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for a fact; ``fact`` is its position in the list of facts."""

    text: str
    fact: int
    side: Side


def phrasings_of(facts: list[Fact]) -> list[Phrasing]:
    """Return all phrasings of the facts, in order."""
    return [
        Phrasing(text, number, side)
        for number, fact in enumerate(facts)
        for side in Side
        for text in getattr(fact.entry.asked, side)
    ]


def answer_text(fact: Fact) -> str:
    """Return the text of a fact that is embedded as a passage."""
    return f"{fact.entry.label}. {fact.entry.answer.nl}"
