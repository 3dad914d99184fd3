"""Cases and Answers in, one explained Score per case out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ConfigDict

from assistant.answer import Answer, Status
from eval.answers import AnswerSet
from eval.cases import Case, CaseSet, Expect
from eval.errors import PatternTimeoutError
from eval.lines import Problem
from eval.patterns import TIME_LIMIT
from eval.quotes import PlacedQuote, literal_quote, overlaps
from eval.rules import Failure, expects_facts, find_failures, missing_facts, no_answer
from eval.texts import texts
from index.documents import Document


@dataclass(frozen=True)
class Score:
    """How one answer did.

    ``status`` is None when there is no answer; ``evidence_recall`` is the share of the gold quotes that overlap a cited
    one, None when the case has none; ``wrong_policy`` counts citations of a policy that the case is not about.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    question: str
    category: str
    hard: bool
    expect: Expect
    status: Status | None
    passed: bool
    failures: tuple[Failure, ...]
    facts_found: int
    facts_expected: int
    quotes: int
    literal_quotes: int
    wrong_policy: int
    evidence_recall: float | None
    elapsed_ms: float | None


@dataclass(frozen=True)
class Scoring:
    """The scores of a run in the order of the question set, and everything that could not be scored."""

    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]


def score_run(case_set: CaseSet, answer_set: AnswerSet, documents: list[Document]) -> Scoring:
    """Score every case; one without an answer fails, one that cannot be judged becomes a Problem."""
    known = {document.id: document for document in documents}
    answers = answer_set.by_id()
    scores: list[Score] = []
    problems: list[Problem] = []
    for case in case_set.cases:
        try:
            scores.append(score_case(case, answers.get(case.id), known))
        except PatternTimeoutError as error:
            message = texts().problem("pattern-timeout", pattern=str(error), seconds=f"{TIME_LIMIT:g}")
            problems.append(Problem(case_set.file, case.line, case.id, message))
    named = [case.id for case in case_set.cases] + [problem.id for problem in case_set.problems]
    return Scoring(tuple(scores), (*case_set.problems, *problems, *answer_set.problems, *answer_set.orphans(named)))


def score_case(case: Case, answer: Answer | None, documents: Mapping[str, Document]) -> Score:
    """Score one answer, None when there is none.

    Raises:
        PatternTimeoutError: a pattern of the case does not come to an end.
    """
    if answer is None:
        return _score(case, None, (no_answer(),))
    found = [literal_quote(citation, documents) for citation in answer.citations]
    literal = [quote for quote in found if quote]
    missing = missing_facts(case, answer)
    expected = len(case.entry.must) if expects_facts(case, answer) else 0
    return _score(
        case,
        answer,
        tuple(find_failures(case, answer, missing, len(literal))),
        facts=(expected - len(missing), expected),
        literal=literal,
    )


def _score(
    case: Case,
    answer: Answer | None,
    failures: tuple[Failure, ...],
    facts: tuple[int, int] | None = None,
    literal: Iterable[PlacedQuote] = (),
) -> Score:
    entry, cited = case.entry, list(literal)
    facts_found, facts_expected = facts or (0, len(entry.must))
    return Score(
        id=entry.id, question=entry.question, category=entry.category, hard=entry.hard, expect=entry.expect,
        status=answer.status if answer else None, passed=not failures, failures=failures,
        facts_found=facts_found, facts_expected=facts_expected,
        quotes=len(answer.citations) if answer else 0, literal_quotes=len(cited),
        wrong_policy=_wrong_policy(case, answer) if answer else 0,
        evidence_recall=_evidence_recall(case, cited), elapsed_ms=answer.elapsed_ms if answer else None,
    )  # fmt: skip


def _wrong_policy(case: Case, answer: Answer) -> int:
    """Count the citations of other policies than those of the case, where an answer about these is expected."""
    if case.entry.expect is not Expect.ANSWER or not case.entry.policies:
        return 0
    return sum(citation.policy not in case.entry.policies for citation in answer.citations)


def _evidence_recall(case: Case, cited: list[PlacedQuote]) -> float | None:
    if not case.gold_quotes:
        return None
    hits = [any(overlaps(gold, quote) for quote in cited) for gold in case.gold_quotes]
    return float(any(hits)) if case.entry.evidence_any else sum(hits) / len(hits)
