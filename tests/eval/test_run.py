from collections.abc import Callable
from datetime import date

from assistant.answer import Answer, Status
from assistant.question import Question
from eval.cases import Case
from eval.run import generate

TODAY = date(2025, 9, 20)


def test_every_case_is_answered_in_order_under_its_own_id(
    make_case: Callable[..., Case], make_answer: Callable[..., Answer]
) -> None:
    steps: list[tuple[int, int]] = []
    cases = [make_case(id="a"), make_case(id="b")]
    answers = generate(cases, lambda _: make_answer(id=None), TODAY, lambda done, total: steps.append((done, total)))
    assert [answer.id for answer in answers] == ["a", "b"]
    assert steps == [(1, 2), (2, 2)]


def test_a_question_that_breaks_gets_an_error_and_the_run_goes_on(
    make_case: Callable[..., Case], make_answer: Callable[..., Answer]
) -> None:
    def answer(question: Question) -> Answer:
        if question.id == "stuk":
            raise ValueError
        return make_answer()

    broken, good = generate([make_case(id="stuk", lang="en"), make_case(id="goed")], answer, TODAY)
    assert (broken.id, broken.status, broken.lang, broken.as_of) == ("stuk", Status.ERROR, "en", "2025-09-20")
    assert broken.text == "Er ging iets mis bij het beantwoorden van deze vraag."
    assert good.status is Status.ANSWERED
