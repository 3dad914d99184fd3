"""Samples and the rules lookup in, where each finds its fact out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.parts import Part
from assistant.question import Question
from assistant.rules.check import scope_of
from assistant.rules.lookup import FactLookup, Lookup, Match, in_scope
from assistant.rules.model import Fact
from assistant.rules.phrasings import Side
from assistant.understand import understand
from eval.lookup.phrasings import ExpectedSide, Sample
from index.documents import Document
from index.vectors import Progress

_SIDES = {ExpectedSide.YES: Side.AFFIRMED, ExpectedSide.NO: Side.DENIED}


@dataclass(frozen=True)
class Found:
    """Where a question finds its fact.

    ``rank`` counts from 1 and is None where nothing was looked up; ``first`` is the id of the fact found first, "" for
    none; ``out_of_scope`` counts the facts above it that do not hold for the asker. ``has_right_side`` tells, of a
    question to be answered with Ja or Nee, whether its fact takes that side; None of others.
    """

    fact: Fact
    text: str
    rank: int | None
    first: str
    out_of_scope: int = 0
    expected_side: ExpectedSide | None = None
    has_right_side: bool | None = None


def look_up(
    samples: Iterable[Sample],
    rules: FactLookup,
    documents: list[Document],
    as_of: date,
    progress: Progress | None = None,
) -> list[Found]:
    """Look every question up as the assistant does, with the scope of its fact given."""
    every = list(samples)
    found: list[Found] = []
    for done, sample in enumerate(every, 1):
        found.append(_find(sample, rules, documents, as_of))
        if progress:
            progress(done, len(every))
    return found


def ranking(lookups: list[Lookup]) -> list[tuple[Match, Part]]:
    """Return the best match of every fact with the part of the question that it fits, best first."""
    matches = [(match, lookup.part) for lookup in lookups for match in lookup.matches]
    best: dict[str, tuple[Match, Part]] = {}
    for match, part in sorted(matches, key=lambda pair: -pair[0].score):
        best.setdefault(match.fact.id, (match, part))
    return list(best.values())


def _find(sample: Sample, rules: FactLookup, documents: list[Document], as_of: date) -> Found:
    fact, scope = sample.fact, scope_of(sample.fact, documents)
    query = replace(understand(Question(sample.text, as_of), documents), scope=scope)
    ranked = ranking([rules.find(query, part, count=len(rules.facts)) for part in query.parts])
    rank = next((number for number, (match, _) in enumerate(ranked, 1) if match.fact.id == fact.id), None)
    if rank is None:
        return Found(fact, sample.text, None, ranked[0][0].fact.id if ranked else "", expected_side=sample.side)
    side = _SIDES.get(sample.side) if sample.side else None
    return Found(
        fact=fact,
        text=sample.text,
        rank=rank,
        first=ranked[0][0].fact.id,
        out_of_scope=sum(not in_scope(match.fact, scope) for match, _ in ranked[: rank - 1]),
        expected_side=sample.side,
        has_right_side=rules.side(fact, query, ranked[rank - 1][1]) is side if side else None,
    )
