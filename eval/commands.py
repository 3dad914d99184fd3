"""What the command line calls: paths in, files and printed tables out, and the exit code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, ParamSpec

from eval.answers import read_answers, write_answers
from eval.baseline import judge, make_baseline, read_baseline, write_baseline
from eval.cases import CaseSet, read_cases
from eval.compare import compare as compare_scores
from eval.errors import EmptySetError, EvalError
from eval.folder import RunFolder
from eval.lines import read_file, write_file
from eval.report import comparison_table, gate_table, html_report, retrieval_table, score_table
from eval.retrieval import Search, measure_retrieval
from eval.run import AnswerFunction, Progress, generate
from eval.score import score_run
from index.documents import Document, read_documents
from index.errors import IndexingError

FINE, REGRESSION, WRONG_USE = 0, 1, 2
_Parameters = ParamSpec("_Parameters")


@dataclass(frozen=True)
class Screen:
    """Where a command writes: ``show`` what was asked for, ``warn`` what went wrong, ``progress`` how far it is."""

    show: Callable[[str], None]
    warn: Callable[[str], None]
    progress: Progress | None = None


_Command = Callable[Concatenate[Screen, _Parameters], int]


def command(function: _Command[_Parameters]) -> _Command[_Parameters]:
    """Turn an error of this package or of the policies into its message and the exit code of wrong use."""

    def guarded(screen: Screen, /, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> int:
        try:
            return function(screen, *args, **kwargs)
        except (EvalError, IndexingError) as error:
            screen.warn(str(error))
            return WRONG_USE

    update_wrapper(guarded, function)
    return guarded


@command
def run(screen: Screen, questions: Path, folder: Path, answer: AnswerFunction, today: date) -> int:
    """Answer a question set, score the answers and write the report into the folder.

    ``today`` is the day of asking of the questions that name none.
    """
    documents = read_documents()
    case_set = _usable(questions, documents)
    files = RunFolder(folder)
    write_file(files.questions, read_file(questions))
    write_answers(files.answers, generate(case_set.cases, answer, today, screen.progress))
    return _score_and_report(screen, files, documents)


@command
def score(screen: Screen, questions: Path, answers: Path, folder: Path) -> int:
    """Score answers that are there already, of any system, and write the report into the folder."""
    documents = read_documents()
    _usable(questions, documents)
    files = RunFolder(folder)
    contents = ((files.questions, read_file(questions)), (files.answers, read_file(answers)))
    for path, content in contents:
        write_file(path, content)
    return _score_and_report(screen, files, documents)


@command
def report(screen: Screen, folder: Path) -> int:
    """Write the report of a scored run again."""
    files = RunFolder(folder)
    _write_report(screen, files, read_documents())
    return FINE


@command
def compare(screen: Screen, before: Path, after: Path) -> int:
    """Print what got better and worse between two scored runs."""
    old, new = (RunFolder(folder).read_scoring().scores for folder in (before, after))
    screen.show(comparison_table(compare_scores(old, new)))
    return FINE


@command
def baseline(screen: Screen, folder: Path, path: Path) -> int:
    """Take a scored run as what later runs must not fall below."""
    write_baseline(path, make_baseline(RunFolder(folder).read_scoring().scores))
    screen.show(str(path))
    return FINE


@command
def gate(screen: Screen, folder: Path, path: Path) -> int:
    """Hold a scored run against the baseline; a case that failed since, a lower total or a Problem is a regression."""
    scoring = RunFolder(folder).read_scoring()
    verdict = judge(scoring.scores, read_baseline(path))
    screen.show(gate_table(verdict, scoring.problems))
    return FINE if verdict.holds and not scoring.problems else REGRESSION


@command
def retrieval(screen: Screen, questions: Path, search: Search) -> int:
    """Print how often and how high the right passage is found."""
    documents = read_documents()
    policies = frozenset(document.id for document in documents)
    found = measure_retrieval(_usable(questions, documents).cases, search, policies)
    screen.show(retrieval_table(found))
    return FINE


def _usable(questions: Path, documents: list[Document]) -> CaseSet:
    case_set = read_cases(questions, documents)
    if case_set.cases:
        return case_set
    first = case_set.problems[0] if case_set.problems else None
    reason = f" Regel {first.line}: {first.message}." if first else ""
    raise EmptySetError(f"In {questions} staat geen bruikbare vraag.{reason}")


def _score_and_report(screen: Screen, files: RunFolder, documents: list[Document]) -> int:
    case_set = read_cases(files.questions, documents)
    files.write_scoring(score_run(case_set, read_answers(files.answers), documents))
    _write_report(screen, files, documents)
    return FINE


def _write_report(screen: Screen, files: RunFolder, documents: list[Document]) -> None:
    scoring = files.read_scoring()
    case_set, answer_set = read_cases(files.questions, documents), read_answers(files.answers)
    write_file(files.report, html_report(case_set, answer_set, scoring).encode())
    screen.show(score_table(scoring))
