import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from eval import commands
from eval.commands import FINE, REGRESSION, WRONG_USE, Screen

TODAY = date(2025, 9, 20)
LINE = {
    "id": "tekenen", "question": "Wanneer moet ik tekenen?", "lang": "nl", "category": "deadlines",
    "policies": ["2026-ggz"], "expect": "answer", "must": [["7 november"]],
    "evidence": [{"policy": "2026-ggz", "quote": "Uiterste tekendatum zorgovereenkomst 7 november 2025"}],
}  # fmt: skip
MakeAnswer = Callable[..., Answer]


@pytest.fixture
def questions(write_lines: Callable[..., Path]) -> Path:
    return write_lines(json.dumps(LINE), name="vragen.jsonl")


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def warned() -> list[str]:
    return []


@pytest.fixture
def screen(shown: list[str], warned: list[str]) -> Screen:
    return Screen(shown.append, warned.append)


def test_a_run_writes_its_files_and_shows_the_table(
    screen: Screen, shown: list[str], questions: Path, tmp_path: Path, make_answer: MakeAnswer
) -> None:
    folder = tmp_path / "run"
    assert commands.run(screen, questions, folder, lambda _: make_answer(), TODAY) == FINE
    names = ["answers.jsonl", "problems.jsonl", "questions.jsonl", "report.html", "scores.jsonl"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert shown[0].startswith("categorie")


def test_the_same_answers_give_the_same_files_byte_for_byte(
    screen: Screen, questions: Path, tmp_path: Path, make_answer: MakeAnswer
) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    assert commands.run(screen, questions, first, lambda _: make_answer(), TODAY) == FINE
    assert commands.score(screen, questions, first / "answers.jsonl", second) == FINE
    assert [path.read_bytes() for path in sorted(first.iterdir())] == [
        path.read_bytes() for path in sorted(second.iterdir())
    ]


def test_scoring_again_in_the_same_folder_and_reporting_again_changes_nothing(
    screen: Screen, questions: Path, tmp_path: Path, make_answer: MakeAnswer
) -> None:
    folder = tmp_path / "run"
    commands.run(screen, questions, folder, lambda _: make_answer(), TODAY)
    before = (folder / "report.html").read_bytes()
    assert commands.score(screen, folder / "questions.jsonl", folder / "answers.jsonl", folder) == FINE
    assert commands.report(screen, folder) == FINE
    assert (folder / "report.html").read_bytes() == before


def test_the_gate_holds_for_the_same_run_and_not_for_a_worse_one(
    screen: Screen, shown: list[str], questions: Path, tmp_path: Path, make_answer: MakeAnswer
) -> None:
    good, bad, path = tmp_path / "goed", tmp_path / "slecht", tmp_path / "baseline.json"
    commands.run(screen, questions, good, lambda _: make_answer(), TODAY)
    commands.run(screen, questions, bad, lambda _: make_answer("Op 8 november [1]."), TODAY)
    assert commands.baseline(screen, good, path) == FINE
    assert commands.gate(screen, good, path) == FINE
    assert shown[-1] == "In orde: 1 vragen goed, in de nulmeting 1.\n"
    assert commands.gate(screen, bad, path) == REGRESSION
    assert "- tekenen: Wanneer moet ik tekenen?\n    In de tekst ontbreekt: 7 november" in shown[-1]
    assert commands.compare(screen, good, bad) == FINE
    assert "Slechter (1):" in shown[-1]


def test_a_problem_in_the_set_stops_the_gate(
    screen: Screen, shown: list[str], write_lines: Callable[..., Path], tmp_path: Path, make_answer: MakeAnswer
) -> None:
    questions, path = write_lines(json.dumps(LINE), "{"), tmp_path / "baseline.json"
    assert commands.run(screen, questions, tmp_path / "run", lambda _: make_answer(), TODAY) == FINE
    commands.baseline(screen, tmp_path / "run", path)
    assert commands.gate(screen, tmp_path / "run", path) == REGRESSION
    assert "questions.jsonl, regel 2: geen geldige JSON" in shown[-1]


def test_retrieval_is_measured_in_the_policies_of_the_cases(screen: Screen, shown: list[str], questions: Path) -> None:
    assert commands.retrieval(screen, questions, lambda question, policies: []) == FINE
    assert shown[0].splitlines()[-1] == "Niet gevonden (1): tekenen"


def test_wrong_use_is_said_in_dutch_and_ends_with_two(
    screen: Screen, shown: list[str], warned: list[str], write_lines: Callable[..., Path], tmp_path: Path
) -> None:
    empty = write_lines("{", name="leeg.jsonl")
    assert commands.score(screen, empty, tmp_path / "geen.jsonl", tmp_path) == WRONG_USE
    assert commands.gate(screen, tmp_path, tmp_path / "baseline.json") == WRONG_USE
    assert commands.report(screen, tmp_path / "geen") == WRONG_USE
    assert warned[0].startswith(f"In {empty} staat geen bruikbare vraag. Regel 1: geen geldige JSON")
    assert len(warned) == 3
    assert shown == []
