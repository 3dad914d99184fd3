"""What the command line calls: options in, printed Dutch text and a calendar file out, and the exit code."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.errors import FactsError
from assistant.rules.calendar import calendar_of, event_day
from assistant.rules.check import (
    Problem,
    Reach,
    contradictions,
    malformed,
    measure_reach,
    uncovered,
    unproven_answers,
    unreachable,
)
from assistant.rules.checklist import checklists
from assistant.rules.completeness import Coverage, coverage, read_waivers
from assistant.rules.loader import load_facts
from assistant.rules.render import checklist_lines, timeline_lines
from assistant.rules.texts import fill, rules_texts
from assistant.rules.timeline import timeline_of
from assistant.scope import ProviderType
from index.documents import read_documents
from index.vectors import VectorCache

FINE, FOUND, WRONG_USE = 0, 1, 2
_WORST = 10
Print = Callable[[str], None]


def rules_check(show: Print, as_of: date, cache: VectorCache | None = None) -> int:
    """Check the facts as a whole; with a cache of vectors also whether every fact is reached. Return 1 on a problem."""
    documents = read_documents()
    try:
        facts, waivers = load_facts(documents), read_waivers()
    except FactsError as error:
        return _conclude(show, [Problem("load", "facts", str(error))])
    words = rules_texts().check
    found = coverage(documents, facts, waivers.waivers)
    problems = [*uncovered(found), *contradictions(facts), *malformed(facts)]
    problems += unproven_answers(facts, documents, waivers.derived, as_of)
    phrasings = sum(fact.entry.asked.count() for fact in facts)
    show(fill(words["title"], facts=len(facts), phrasings=phrasings, policies=len(documents)))
    show(_coverage_line(found))
    if cache:
        from assistant.rules.first import first_fact

        problems += _check_reach(show, measure_reach(facts, documents, first_fact(facts, documents, cache, as_of)))
    return _conclude(show, problems)


def deadlines(show: Print, provider_type: ProviderType, as_of: date, file: Path | None = None) -> int:
    """List the dates of a provider type with their states, and write them to a calendar file when one is named."""
    documents = read_documents()
    timeline = timeline_of(load_facts(documents), provider_type, as_of)
    for line in timeline_lines(timeline, provider_type, as_of, documents):
        show(line)
    if file is None:
        return FINE
    words = rules_texts().deadlines
    try:
        file.write_bytes(calendar_of(timeline, provider_type, as_of))
    except OSError as error:
        show(fill(words["unwritable"], file=file, reason=error.strerror))
        return WRONG_USE
    show(fill(words["written"], file=file, events=sum(event_day(moment) is not None for moment in timeline.moments)))
    return FINE


def checklist(show: Print, provider_type: ProviderType, have: frozenset[str]) -> int:
    """Print every requirement of a provider type: met, missing or not stated, each with its literal source.

    Raises:
        UsageError: a key is not known, or two keys exclude each other.
    """
    for line in checklist_lines(checklists(load_facts(read_documents()), provider_type, have), provider_type, have):
        show(line)
    return FINE


def parse_have(text: str) -> frozenset[str]:
    """Read a comma-separated list of keys; capitals and spaces around a key do not count."""
    return frozenset(key.strip().lower() for key in text.split(",") if key.strip())


def _check_reach(show: Print, reached: list[Reach]) -> list[Problem]:
    words = rules_texts().check
    missed = list(unreachable(reached))
    show(_reach_line(reached, len(missed)))
    show(words["worst"])
    for reach in reached[:_WORST]:
        show(fill(words["worst-line"], first=reach.first, count=reach.count, id=reach.fact.id))
    return missed


def _reach_line(reached: list[Reach], missed: int) -> str:
    first, count = sum(reach.first for reach in reached), sum(reach.count for reach in reached)
    percent = f"{100 * first / max(count, 1):.1f}".replace(".", ",")
    return fill(rules_texts().check["reach"], first=first, count=count, percent=percent, unreachable=missed)


def _coverage_line(found: Coverage) -> str:
    return fill(
        rules_texts().check["sentences"],
        sentences=found.sentences,
        telling=found.telling,
        bound=found.bound,
        waived=found.waived,
        open=len(found.open),
    )


def _conclude(show: Print, problems: list[Problem]) -> int:
    words = rules_texts().check
    for problem in problems:
        show(fill(words["problem"], check=problem.check, where=problem.where, text=problem.text))
    show(fill(words["failed"], count=len(problems)) if problems else words["passed"])
    return FOUND if problems else FINE
