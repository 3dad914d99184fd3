"""Scores in, totals with their confidence out: overall, of the hard cases, and by category."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from assistant.answer import Status
from eval.cases import Expect
from eval.score import Score

_Z = 1.959963984540054  # the 97.5th percentile of the normal distribution: an interval of 95 %


@dataclass(frozen=True)
class Share:
    """A count out of a total."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """Return the share, between 0 and 1; None out of nothing."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the Wilson score interval of 95 % (Wilson 1927); everything is possible out of nothing."""
        if not self.total:
            return 0.0, 1.0
        share, spread = self.count / self.total, _Z**2 / self.total
        centre = share + spread / 2
        margin = _Z * math.sqrt((share * (1 - share) + spread / 4) / self.total)
        return max(0.0, (centre - margin) / (1 + spread)), min(1.0, (centre + margin) / (1 + spread))


@dataclass(frozen=True)
class Metrics:
    """What a group of cases adds up to; times in milliseconds, None where nothing was measured.

    ``refusal_recall``: questions outside the policies that are refused. ``false_refusals``: questions with an answer
    that are refused or sent on. ``clarified``: all questions that are asked back.
    """

    passed: Share
    facts: Share
    refusal_recall: Share
    false_refusals: Share
    clarified: Share
    literal_quotes: Share
    wrong_policy: Share
    evidence_recall: float | None
    median_ms: float | None
    p95_ms: float | None


@dataclass(frozen=True)
class Summary:
    """The metrics of a run; ``hard`` is None without hard cases, ``categories`` are in order of name."""

    overall: Metrics
    hard: Metrics | None
    categories: tuple[tuple[str, Metrics], ...]


def summarise(scores: Iterable[Score]) -> Summary:
    """Add the scores of a run up."""
    every = list(scores)
    hard = [score for score in every if score.hard]
    names = sorted({score.category for score in every})
    categories = tuple((name, measure([score for score in every if score.category == name])) for name in names)
    return Summary(measure(every), measure(hard) if hard else None, categories)


def measure(scores: list[Score]) -> Metrics:
    """Add one group of scores up."""
    refused = (Status.REFUSED, Status.REDIRECT)
    outside = [score for score in scores if score.expect is Expect.REFUSE]
    inside = [score for score in scores if score.expect is Expect.ANSWER]
    quotes = sum(score.quotes for score in scores)
    recalls = [score.evidence_recall for score in scores if score.evidence_recall is not None]
    times = sorted(score.elapsed_ms for score in scores if score.elapsed_ms is not None)
    return Metrics(
        passed=_share(score.passed for score in scores),
        facts=Share(sum(score.facts_found for score in scores), sum(score.facts_expected for score in scores)),
        refusal_recall=_share(score.status in refused for score in outside),
        false_refusals=_share(score.status in refused for score in inside),
        clarified=_share(score.status is Status.CLARIFY for score in scores),
        literal_quotes=Share(sum(score.literal_quotes for score in scores), quotes),
        wrong_policy=Share(sum(score.wrong_policy for score in scores), quotes),
        evidence_recall=fmean(recalls) if recalls else None,
        median_ms=median(times) if times else None,
        p95_ms=percentile(times, 0.95) if times else None,
    )


def percentile(ordered: list[float], share: float) -> float:
    """Return the nearest-rank percentile of values in ascending order."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def _share(outcomes: Iterable[bool]) -> Share:
    every = list(outcomes)
    return Share(sum(every), len(every))
