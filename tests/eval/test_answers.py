import json
from collections.abc import Callable
from pathlib import Path

from assistant.answer import Answer
from eval.answers import read_answers, write_answers
from eval.lines import Problem


def test_answers_are_read_back_as_they_were_written(make_answer: Callable[..., Answer], tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    answers = [make_answer(), make_answer("Één", id="b")]
    write_answers(path, answers)
    read = read_answers(path)
    assert [answer.to_dict() for answer in read.answers] == [answer.to_dict() for answer in answers]
    assert read.problems == ()
    assert list(read.by_id()) == ["tekenen", "b"]


def test_an_answer_with_an_unknown_key_is_a_problem(
    make_answer: Callable[..., Answer], write_lines: Callable[..., Path]
) -> None:
    line = {**make_answer().to_dict(), "confidence": 1}
    problems = read_answers(write_lines(json.dumps(line))).problems
    assert problems == (Problem("set.jsonl", 1, "tekenen", "de sleutel 'confidence' is onbekend"),)


def test_an_unknown_key_in_a_citation_is_a_problem(
    make_answer: Callable[..., Answer], write_lines: Callable[..., Path]
) -> None:
    line = json.loads(json.dumps(make_answer().to_dict()))
    line["citations"][0]["score"] = 1
    problems = read_answers(write_lines(json.dumps(line))).problems
    assert [problem.message for problem in problems] == ["de sleutel 'citations.0.score' is onbekend"]


def test_an_answer_without_an_id_or_without_a_case_is_a_problem(
    make_answer: Callable[..., Answer], tmp_path: Path
) -> None:
    path = tmp_path / "answers.jsonl"
    write_answers(path, [make_answer(id=None), make_answer(id="vreemd")])
    read = read_answers(path)
    assert read.problems == (Problem("answers.jsonl", 1, "", "dit antwoord heeft geen id"),)
    assert read.orphans(["tekenen"]) == [Problem("answers.jsonl", 0, "vreemd", "bij dit antwoord hoort geen vraag")]
