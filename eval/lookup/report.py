"""What was measured in, the table of the terminal and a JSON file out."""

import json
from dataclasses import dataclass

from eval.lines import Problem
from eval.lookup.summary import LookupSummary, Miss
from eval.metrics import Share
from eval.render import render


@dataclass(frozen=True)
class LeftOutReport:
    """The phrasings of the facts, one in ``step``, each looked up without itself and without what was learned."""

    step: int
    phrasings: int
    summary: LookupSummary
    misses: tuple[Miss, ...]


@dataclass(frozen=True)
class LookupReport:
    """A measurement: of a file of questions, asked on one day, and of the phrasings of the facts where that was asked.

    ``known`` counts the questions that are phrasings of a fact as well.
    """

    file: str
    as_of: str
    known: int
    summary: LookupSummary
    misses: tuple[Miss, ...]
    problems: tuple[Problem, ...]
    left_out: LeftOutReport | None


def lookup_table(report: LookupReport) -> str:
    """Write the totals as plain text."""
    return render("lookup.txt", report=report)


def lookup_json(report: LookupReport) -> bytes:
    """Write the totals and the misses as JSON; every share has its interval."""
    return (json.dumps(report, default=_plain, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: object) -> dict[str, object]:
    if isinstance(value, Share):
        low, high = value.interval
        return {"count": value.count, "total": value.total, "share": value.value, "low": low, "high": high}
    return vars(value)
