import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.question import Question
from assistant.scope import ProviderType
from eval.cases import Case, read_cases
from index.documents import Document

QUOTE = "Uiterste tekendatum zorgovereenkomst 7 november 2025"
LINE = {
    "id": "tekenen", "question": "Wanneer tekenen?", "lang": "nl", "category": "deadlines", "policies": ["2026-ggz"],
    "expect": "answer", "must": [["7 nov"]],
    "evidence": [{"policy": "2026-ggz", "quote": "Uiterste tekendatum zorgovereenkomst 7\tnovember 2025"}],
}  # fmt: skip


def test_a_question_set_is_read_with_its_gold_quotes_found(
    write_lines: Callable[..., Path], documents: list[Document]
) -> None:
    case_set = read_cases(write_lines(json.dumps(LINE)), documents)
    (case,) = case_set.cases
    assert (case_set.file, case_set.problems, case.line, case.id) == ("set.jsonl", (), 1, "tekenen")
    assert case.gold_quotes[0].text == QUOTE
    assert case.gold_quotes[0].places


@pytest.mark.parametrize(
    ("changes", "message", "kept"),
    [
        pytest.param(
            {"must": [["("]]},
            "sleutel must.0.0: '(' is geen geldige reguliere expressie (missing ) at position 1)",
            0,
            id="pattern",
        ),
        pytest.param({"moet": []}, "de sleutel 'moet' is onbekend", 0, id="unknown key"),
        pytest.param(
            {"must": [[]]},
            "sleutel must.0 klopt niet (Tuple should have at least 1 item after validation, not 0)",
            0,
            id="no alternative",
        ),
        pytest.param({"policies": ["2024-ggz"]}, "het beleid '2024-ggz' bestaat niet", 1, id="unknown policy"),
        pytest.param(
            {"evidence": [{"policy": "2026-ggz", "quote": "Dit staat er niet."}]},
            "deze zin staat niet in 2026-ggz en telt niet mee als bewijs: 'Dit staat er niet.'",
            1,
            id="quote in no policy",
        ),
        pytest.param(
            {"evidence": [{"policy": "2025-mondzorg", "quote": QUOTE}]},
            f"deze zin staat niet in 2025-mondzorg en telt niet mee als bewijs: '{QUOTE}'",
            1,
            id="quote of another policy",
        ),
    ],
)
def test_what_is_wrong_with_a_line_becomes_a_problem(
    write_lines: Callable[..., Path], documents: list[Document], changes: dict[str, object], message: str, kept: int
) -> None:
    good = {**LINE, "id": "goed"}
    case_set = read_cases(write_lines(json.dumps({**LINE, **changes}), json.dumps(good)), documents)
    assert [(problem.line, problem.id, problem.message) for problem in case_set.problems] == [(1, "tekenen", message)]
    assert len(case_set.cases) == kept + 1


def test_a_question_holds_nothing_of_what_is_expected(make_case: Callable[..., Case]) -> None:
    case = make_case(history=["Ik ben psychiater."], provider_type="psychiater", policy="2026-ggz")
    assert case.to_question(date(2025, 9, 20)) == Question(
        text="Wanneer moet ik tekenen?", as_of=date(2025, 9, 20), id="tekenen",
        provider_type=ProviderType.PSYCHIATER, policy="2026-ggz", history=("Ik ben psychiater.",),
    )  # fmt: skip


def test_the_day_of_the_case_goes_before_today(make_case: Callable[..., Case]) -> None:
    assert make_case(as_of="2025-11-07").to_question(date(2025, 9, 20)).as_of == date(2025, 11, 7)
