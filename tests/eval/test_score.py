from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Status
from eval.answers import AnswerSet
from eval.cases import Case, CaseSet, Expect
from eval.lines import Problem
from eval.rules import Failure, Rule
from eval.score import Score, score_case, score_run
from index.documents import Document

MakeCase, MakeAnswer = Callable[..., Case], Callable[..., Answer]


@pytest.fixture
def known(documents: list[Document]) -> dict[str, Document]:
    return {document.id: document for document in documents}


def cite(policy: str, quote: str) -> Citation:
    return Citation(1, policy, "", (), 1, quote, 0, 0)


def test_a_good_answer_is_scored(make_case: MakeCase, make_answer: MakeAnswer, known: dict[str, Document]) -> None:
    assert score_case(make_case(), make_answer(), known) == Score(
        id="tekenen", question="Wanneer moet ik tekenen?", category="deadlines", hard=False, expect=Expect.ANSWER,
        status=Status.ANSWERED, passed=True, failures=(), facts_found=1, facts_expected=1, quotes=1, literal_quotes=1,
        wrong_policy=0, evidence_recall=1.0, elapsed_ms=12.5,
    )  # fmt: skip


def test_no_answer_is_a_failure_and_not_left_out(make_case: MakeCase, known: dict[str, Document]) -> None:
    score = score_case(make_case(), None, known)
    assert score.failures == (Failure(Rule.NO_ANSWER, "Er is geen antwoord op deze vraag."),)
    assert (score.passed, score.status, score.facts_expected, score.evidence_recall) == (False, None, 1, 0.0)


def test_quotes_that_are_made_up_or_of_another_policy_are_counted(
    make_case: MakeCase, make_answer: MakeAnswer, known: dict[str, Document]
) -> None:
    citations = (
        cite("2026-ggz", "Uiterste tekendatum zorgovereenkomst 7 november 2025"),
        cite("2026-ggz", "Uiterste tekendatum zorgovereenkomst 8 november 2025"),
        cite("2025-mondzorg", "zorginkoop@caresq.nl"),
    )
    score = score_case(make_case(), make_answer(citations=citations), known)
    assert (score.passed, score.quotes, score.literal_quotes, score.wrong_policy) == (True, 3, 2, 1)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"policies": []}, id="no policy named"),
        pytest.param({"expect": "redirect"}, id="no answer expected"),
    ],
)
def test_no_policy_is_wrong_where_the_case_names_none(
    make_case: MakeCase, make_answer: MakeAnswer, known: dict[str, Document], changes: dict[str, object]
) -> None:
    answer = make_answer(citations=(cite("2025-mondzorg", "zorginkoop@caresq.nl"),))
    assert score_case(make_case(**changes), answer, known).wrong_policy == 0


@pytest.mark.parametrize(
    ("any_is_enough", "recall"), [pytest.param(False, 0.5, id="all"), pytest.param(True, 1.0, id="one is enough")]
)
def test_evidence_recall_counts_the_gold_quotes_that_are_cited(
    make_case: MakeCase, make_answer: MakeAnswer, known: dict[str, Document], any_is_enough: bool, recall: float
) -> None:
    quotes = ("Uiterste tekendatum zorgovereenkomst 7 november 2025", "Deadline vragenlijst via VECOZO 24 oktober 2025")
    evidence = [{"policy": "2026-ggz", "quote": quote} for quote in quotes]
    case = make_case(evidence=evidence, evidence_any=any_is_enough)
    assert score_case(case, make_answer(), known).evidence_recall == recall


def test_a_case_without_evidence_has_no_recall(
    make_case: MakeCase, make_answer: MakeAnswer, known: dict[str, Document]
) -> None:
    assert score_case(make_case(evidence=[]), make_answer(), known).evidence_recall is None


def test_a_pattern_that_does_not_end_is_a_problem_and_the_rest_is_scored(
    make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.patterns._matches", _give_up)
    good = replace(make_case(id="goed", must=[]), line=2)
    case_set = CaseSet("set.jsonl", (make_case(must=[["(a|a)*b"]]), good), ())
    scoring = score_run(case_set, AnswerSet("answers.jsonl", (make_answer(), make_answer(id="goed")), ()), documents)
    message = "de reguliere expressie '(a|a)*b' komt niet klaar binnen 2 seconden; deze vraag telt niet mee"
    assert scoring.problems == (Problem("set.jsonl", 1, "tekenen", message),)
    assert [score.id for score in scoring.scores] == ["goed"]


def test_problems_of_both_files_are_reported_together(
    make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]
) -> None:
    broken = Problem("set.jsonl", 2, "stuk", "de sleutel 'lang' ontbreekt")
    answers = AnswerSet("answers.jsonl", (make_answer(), make_answer(id="stuk"), make_answer(id="vreemd")), ())
    scoring = score_run(CaseSet("set.jsonl", (make_case(),), (broken,)), answers, documents)
    assert scoring.problems == (broken, Problem("answers.jsonl", 0, "vreemd", "bij dit antwoord hoort geen vraag"))


def _give_up(pattern: str, text: str, seconds: float) -> bool:
    raise TimeoutError
