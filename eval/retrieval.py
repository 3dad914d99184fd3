"""A search and Cases with evidence in, how often and how high the right passage is found out."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.cases import Case
from eval.metrics import Share
from eval.quotes import shares_place
from index.search import Passage, cut_off

CHARACTERS = 4000
"""What a reader is given; a passage behind it is not found."""
Search = Callable[[str, frozenset[str]], list[Passage]]
"""Called with what is asked and the policies to search; returns passages, best first."""


@dataclass(frozen=True)
class Retrieval:
    """Hits among the first 1, 3 and 5 passages, the mean reciprocal rank, and the cases without a hit at all."""

    hit_1: Share
    hit_3: Share
    hit_5: Share
    mrr: float | None
    missed: tuple[str, ...]


def measure_retrieval(cases: tuple[Case, ...], search: Search, policies: frozenset[str]) -> Retrieval:
    """Search for every case with evidence, in its own policies, or in all ``policies`` when it names none."""
    ranks = {case.id: first_hit(case, _found(case, search, policies)) for case in cases if case.gold_quotes}
    hits = list(ranks.values())
    return Retrieval(
        hit_1=_within(hits, 1),
        hit_3=_within(hits, 3),
        hit_5=_within(hits, 5),
        mrr=sum(1 / rank for rank in hits if rank) / len(hits) if hits else None,
        missed=tuple(identifier for identifier, rank in ranks.items() if rank is None),
    )


def first_hit(case: Case, passages: list[Passage]) -> int | None:
    """Return the rank, from 1, of the first passage that overlaps a gold quote; None when there is none."""
    for rank, passage in enumerate(cut_off(passages, CHARACTERS), 1):
        place = ((passage.chunk.start, passage.chunk.end),)
        if any(gold.policy == passage.chunk.policy and shares_place(gold, place) for gold in case.gold_quotes):
            return rank
    return None


def _found(case: Case, search: Search, policies: frozenset[str]) -> list[Passage]:
    """Search with the question first and the earlier turns behind it: an embedding reads only the beginning."""
    turns = (case.entry.question, *reversed(case.entry.history))
    return search("\n".join(turns), frozenset(case.entry.policies) or policies)


def _within(ranks: list[int | None], limit: int) -> Share:
    return Share(sum(rank is not None and rank <= limit for rank in ranks), len(ranks))
