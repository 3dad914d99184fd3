"""A scored run in, one self-contained HTML page and the tables of the terminal out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer
from eval.answers import AnswerSet
from eval.baseline import Verdict
from eval.cases import Case, CaseSet
from eval.compare import Comparison
from eval.lines import Problem
from eval.metrics import summarise
from eval.plots import bar_plot, histogram
from eval.render import render
from eval.retrieval import Retrieval
from eval.rules import Rule
from eval.score import Score, Scoring
from eval.texts import texts


@dataclass(frozen=True)
class Row:
    """One question of the report; ``answer`` is None when there is none."""

    case: Case
    answer: Answer | None
    score: Score


def html_report(case_set: CaseSet, answer_set: AnswerSet, scoring: Scoring) -> str:
    """Write the report: figures, plots, problems, what failed and, folded, what passed."""
    cases = {case.id: case for case in case_set.cases}
    answers = answer_set.by_id()
    rows = [Row(cases[score.id], answers.get(score.id), score) for score in scoring.scores if score.id in cases]
    summary = summarise(scoring.scores)
    return render(
        "report.html",
        summary=summary,
        bars=bar_plot(summary),
        latency=histogram(score.elapsed_ms for score in scoring.scores if score.elapsed_ms is not None),
        problems=scoring.problems,
        failed=[row for row in rows if not row.score.passed],
        passed=[row for row in rows if row.score.passed],
        reasons=_reasons(scoring.scores),
        versions=_versions(answer_set.answers),
        days=sorted({answer.as_of for answer in answer_set.answers}),
        texts=texts(),
    )


def score_table(scoring: Scoring) -> str:
    """Write the totals and the failed questions as plain text."""
    failed = [score for score in scoring.scores if not score.passed]
    return render("table.txt", summary=summarise(scoring.scores), failed=failed, problems=scoring.problems)


def comparison_table(comparison: Comparison) -> str:
    """Write a comparison as plain text."""
    return render("comparison.txt", comparison=comparison)


def gate_table(verdict: Verdict, problems: Iterable[Problem]) -> str:
    """Write what the gate finds as plain text."""
    return render("gate.txt", verdict=verdict, problems=list(problems))


def retrieval_table(retrieval: Retrieval) -> str:
    """Write how well passages are found as plain text."""
    return render("retrieval.txt", retrieval=retrieval)


def _reasons(scores: Iterable[Score]) -> list[tuple[Rule, int]]:
    """Count the failed questions by each rule that they fail, most frequent first."""
    counts = Counter(rule for score in scores for rule in {failure.rule for failure in score.failures})
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _versions(answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """Return the versions of index and rules that the answers were made with."""
    return sorted({(answer.index_version or "–", answer.rules_version or "–") for answer in answers})
