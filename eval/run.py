"""Cases and a function that answers in, an answers file out."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from time import perf_counter

from assistant.answer import Answer, Status
from assistant.question import Question
from eval.cases import Case
from eval.texts import texts

AnswerFunction = Callable[[Question], Answer]
Progress = Callable[[int, int], None]
"""Called with (questions answered so far, questions)."""
_log = logging.getLogger(__name__)


def generate(
    cases: Iterable[Case], answer: AnswerFunction, today: date, progress: Progress | None = None
) -> list[Answer]:
    """Answer every case, in order; ``today`` is the day of asking of the cases that name none.

    A question on which the function breaks gets an Answer with status error, and the run goes on.
    """
    every = list(cases)
    answers: list[Answer] = []
    for done, case in enumerate(every, 1):
        answers.append(_answered(case, answer, today))
        if progress:
            progress(done, len(every))
    return answers


def _answered(case: Case, answer: AnswerFunction, today: date) -> Answer:
    question = case.to_question(today)
    start = perf_counter()
    try:
        return replace(answer(question), id=case.id)
    except Exception:  # one broken question must not end a run of hundreds
        _log.exception("Case %s cannot be answered", case.id)
        return Answer(
            question=question.text, lang=case.entry.lang, as_of=question.as_of.isoformat(), status=Status.ERROR,
            text=texts().answers["crashed"], id=case.id, elapsed_ms=round((perf_counter() - start) * 1000, 1),
        )  # fmt: skip
