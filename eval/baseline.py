"""baseline.json and the scores of a run in, whether the run may pass the gate out."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from eval.errors import BaselineError
from eval.lines import problem_text, read_file, write_file
from eval.metrics import summarise
from eval.score import Score


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Count(_Strict):
    """How many cases of a group there are, and how many pass."""

    cases: NonNegativeInt
    passed: NonNegativeInt


class Baseline(_Strict):
    """What a run must not fall below."""

    total: Count
    categories: dict[str, Count]
    passed: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What the gate finds: baseline cases that fail now, or are not scored any more, and both totals."""

    failing: tuple[Score, ...]
    missing: tuple[str, ...]
    passed_before: int
    passed_now: int

    @property
    def total_fell(self) -> bool:
        """Tell whether fewer cases pass than in the baseline."""
        return self.passed_now < self.passed_before

    @property
    def holds(self) -> bool:
        """Tell whether nothing got worse."""
        return not (self.failing or self.missing or self.total_fell)


def make_baseline(scores: Iterable[Score]) -> Baseline:
    """Take a run as what later runs must not fall below."""
    every = list(scores)
    summary = summarise(every)
    return Baseline(
        total=Count(cases=summary.overall.passed.total, passed=summary.overall.passed.count),
        categories={
            name: Count(cases=metrics.passed.total, passed=metrics.passed.count) for name, metrics in summary.categories
        },
        passed=tuple(sorted(score.id for score in every if score.passed)),
    )


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        UnreadableFileError: there is none.
        BaselineError: it is malformed.
    """
    try:
        return Baseline.model_validate_json(read_file(path))
    except ValidationError as error:
        raise BaselineError(
            f"De nulmeting {path} klopt niet: {problem_text(error)}. Maak een nieuwe met: inkoopwijzer eval baseline"
        ) from error


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline.

    Raises:
        UnwritableFileError: the file cannot be written.
    """
    write_file(path, (baseline.model_dump_json(indent=1) + "\n").encode())


def judge(scores: Iterable[Score], baseline: Baseline) -> Verdict:
    """Hold a run against a baseline."""
    current = {score.id: score for score in scores}
    return Verdict(
        failing=tuple(current[name] for name in baseline.passed if name in current and not current[name].passed),
        missing=tuple(name for name in baseline.passed if name not in current),
        passed_before=baseline.total.passed,
        passed_now=sum(score.passed for score in current.values()),
    )
