"""Facts in, the phrasings that people use for them out, each with the side that the fact takes in it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.rules.model import Fact

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


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


def lines_of(text: str) -> str:
    """Put what a phrasing tells and what it asks on lines of their own, as the parts of a question have them."""
    asked, told = asking_clause(text)
    return f"{told}\n{asked}" if told else asked


def asking_clause(text: str) -> tuple[str, str]:
    """Split a phrasing into the sentence that asks and what is told around it."""
    sentences = [sentence for sentence in _SENTENCE.split(text.strip()) if sentence]
    asking = next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), sentences[-1])
    return asking, " ".join(sentence for sentence in sentences if sentence is not asking)


def answer_text(fact: Fact) -> str:
    """Return the text of a fact that is embedded as a passage."""
    return f"{fact.entry.label}. {fact.entry.answer.nl}"
