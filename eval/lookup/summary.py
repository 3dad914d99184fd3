"""Where questions found their facts in, totals out: overall, by kind of fact and by policy, and the sides taken."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.lookup.measure import Found
from eval.lookup.phrasings import ExpectedSide
from eval.metrics import Share

GENERAL = "general"
ALL = "all"


@dataclass(frozen=True)
class Row:
    """How often the fact comes first, among the first three, and the mean reciprocal rank, of one group."""

    name: str
    first: Share
    among_three: Share
    mrr: float


@dataclass(frozen=True)
class Sides:
    """How often a fact takes the right side in the questions to be answered with Ja, with Nee, and together."""

    together: Share
    yes: Share
    no: Share


@dataclass(frozen=True)
class LookupSummary:
    """The totals of a measurement; kinds and policies are in order of name, without those that nothing asks for.

    ``out_of_scope`` counts the facts that stood above the right one and do not hold for the asker.
    """

    overall: Row
    kinds: tuple[Row, ...]
    policies: tuple[Row, ...]
    sides: Sides
    out_of_scope: int


@dataclass(frozen=True)
class Miss:
    """A question that found another fact first; ``rank`` is that of its own, None where nothing was looked up."""

    fact: str
    found: str
    rank: int | None
    text: str


def summarise(found: list[Found]) -> LookupSummary:
    """Add up what was found, at least one question."""
    return LookupSummary(
        overall=_row(ALL, found),
        kinds=_grouped(found, lambda one: one.fact.entry.kind.value),
        policies=_grouped(found, lambda one: one.fact.policy or GENERAL),
        sides=_sides(found),
        out_of_scope=sum(one.out_of_scope for one in found),
    )


def misses(found: list[Found]) -> tuple[Miss, ...]:
    """Return the questions that did not find their fact first, in order."""
    return tuple(Miss(one.fact.id, one.first, one.rank, one.text) for one in found if one.rank != 1)


def _grouped(found: list[Found], name_of: Callable[[Found], str]) -> tuple[Row, ...]:
    names = sorted({name_of(one) for one in found})
    return tuple(_row(name, [one for one in found if name_of(one) == name]) for name in names)


def _row(name: str, found: list[Found]) -> Row:
    ranks = [one.rank for one in found]
    return Row(
        name,
        first=Share(sum(rank == 1 for rank in ranks), len(ranks)),
        among_three=Share(sum(rank is not None and rank <= 3 for rank in ranks), len(ranks)),
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


def _sides(found: list[Found]) -> Sides:
    yes = [bool(one.has_right_side) for one in found if one.expected_side is ExpectedSide.YES]
    no = [bool(one.has_right_side) for one in found if one.expected_side is ExpectedSide.NO]
    shares = [Share(sum(right), len(right)) for right in (yes + no, yes, no)]
    return Sides(*shares)
