from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Answer, Option, Status
from eval.cases import Case
from eval.rules import find_failures, missing_facts

MakeCase, MakeAnswer = Callable[..., Case], Callable[..., Answer]


def messages(case: Case, answer: Answer, valid_citations: int = 1) -> list[str]:
    return [failure.message for failure in find_failures(case, answer, missing_facts(case, answer), valid_citations)]


def test_a_good_answer_fails_nothing(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    assert messages(make_case(), make_answer()) == []


@pytest.mark.parametrize(
    ("changes", "text", "expected"),
    [
        pytest.param(
            {"must": [["8 nov", "8-11"], ["7 NOV"]]},
            "Uiterlijk 7 november 2025.",
            "In de tekst ontbreekt: 8 nov | 8-11",
            id="must",
        ),
        pytest.param(
            {"must_not": [r"\b7 nov"]},
            "Op 7 november.",
            r"In de tekst staat wat er niet mag staan: \b7 nov",
            id="must not",
        ),
        pytest.param(
            {"gold": "Nee, dat was 7 november."},
            "Ja, op 7 november.",
            "Het antwoord moet in de eerste 250 tekens 'nee' zeggen; het zegt 'ja'.",
            id="side",
        ),
        pytest.param(
            {"gold": "Yes, you can."},
            "Op 7 november.",
            "Het antwoord moet in de eerste 250 tekens 'ja' zeggen; het zegt 'geen van beide'.",
            id="no side",
        ),
        pytest.param({}, "7 november " + "x" * 1490, "De tekst heeft 1501 tekens; het maximum is 1500.", id="length"),
    ],
)
def test_a_text_fails_one_rule(
    make_case: MakeCase, make_answer: MakeAnswer, changes: dict[str, object], text: str, expected: str
) -> None:
    assert messages(make_case(**changes), make_answer(text)) == [expected]


def test_a_text_of_1500_characters_is_short_enough(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    assert messages(make_case(), make_answer("7 november " + "x" * 1489)) == []


def test_an_answer_needs_a_valid_citation(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    expected = "Geen enkele bron is letterlijk en aaneengesloten in het beleid te vinden."
    assert messages(make_case(), make_answer(), valid_citations=0) == [expected]


@pytest.mark.parametrize(
    ("expect", "accepted"),
    [
        pytest.param("answer", {"answered", "partial"}, id="answer"),
        pytest.param("refuse", {"refused", "redirect"}, id="refuse"),
        pytest.param("redirect", {"redirect", "answered", "partial", "refused"}, id="redirect"),
        pytest.param("clarify", {"clarify"}, id="clarify"),
    ],
)
def test_each_expectation_accepts_its_own_outcomes(
    make_case: MakeCase, make_answer: MakeAnswer, options: tuple[Option, ...], expect: str, accepted: set[str]
) -> None:
    case = make_case(expect=expect)
    passing = {status for status in Status if not messages(case, make_answer(status=status, options=options))}
    assert passing == accepted


def test_the_wrong_outcome_is_explained(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    failed = messages(make_case(), make_answer(status=Status.REFUSED))
    assert failed == ["De uitkomst is 'niet in het beleid', verwacht was een antwoord."]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(1, ["Een wedervraag heeft minstens 2 keuzes nodig; het zijn er 1."], id="one option"),
        pytest.param(2, [], id="two options"),
    ],
)
def test_asking_back_needs_two_options_and_no_facts(
    make_case: MakeCase, make_answer: MakeAnswer, options: tuple[Option, ...], count: int, expected: list[str]
) -> None:
    answer = make_answer("Voor welke zorg?", status=Status.CLARIFY, options=options[:count], citations=())
    assert messages(make_case(expect="clarify"), answer, valid_citations=0) == expected


def test_where_an_answer_is_as_good_as_asking_back_it_must_hold_the_facts(
    make_case: MakeCase, make_answer: MakeAnswer
) -> None:
    case = make_case(expect="clarify", clarify_ok=True)
    assert messages(case, make_answer(), valid_citations=0) == []
    assert messages(case, make_answer("Dat hangt ervan af.")) == ["In de tekst ontbreekt: 7 november"]


def test_a_refusal_takes_no_side(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    case = make_case(expect="refuse", must=[], gold="Nee, dat staat niet in het beleid.")
    assert messages(case, make_answer("Dat staat niet in het beleid.", status=Status.REFUSED)) == []


def test_accents_and_case_are_ignored(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    answer = replace(make_answer(), text="GEÏNTEGREERDE aanbieders")
    assert messages(make_case(must=[["geintegreerd"]]), answer) == []
