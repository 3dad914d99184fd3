"""The scores of two runs in, what got better and what got worse out, question by question."""

from collections.abc import Iterable
from dataclasses import dataclass

from eval.metrics import Share
from eval.score import Score


@dataclass(frozen=True)
class Change:
    """One question in two runs."""

    before: Score
    after: Score


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side; the shares count the questions that both have, in the order of the second run."""

    before: Share
    after: Share
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    otherwise_wrong: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Iterable[Score], after: Iterable[Score]) -> Comparison:
    """Compare two runs; ``otherwise_wrong`` are questions that fail in both, for other reasons."""
    old = {score.id: score for score in before}
    new = {score.id: score for score in after}
    shared = [Change(old[identifier], score) for identifier, score in new.items() if identifier in old]
    failing = [change for change in shared if not change.before.passed and not change.after.passed]
    return Comparison(
        before=Share(sum(change.before.passed for change in shared), len(shared)),
        after=Share(sum(change.after.passed for change in shared), len(shared)),
        better=tuple(change for change in shared if change.after.passed and not change.before.passed),
        worse=tuple(change for change in shared if change.before.passed and not change.after.passed),
        otherwise_wrong=tuple(change for change in failing if change.before.failures != change.after.failures),
        only_before=tuple(identifier for identifier in old if identifier not in new),
        only_after=tuple(identifier for identifier in new if identifier not in old),
    )
