import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.flow import Assistant

CASE = {
    "id": "tekenen",
    "question": "Tot wanneer kan ik als vrijgevestigde psycholoog de zorgovereenkomst 2026 tekenen?",
    "lang": "nl",
    "category": "deadlines",
    "policies": ["2026-ggz"],
    "expect": "answer",
    "must": [["7 november 2025"]],
    "evidence": [{"policy": "2026-ggz", "quote": "Uiterste tekendatum zorgovereenkomst 7 november 2025"}],
    "as_of": "2025-10-30",
}


@pytest.fixture
def questions(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("assistant.flow.wire", lambda **_: assistant)
    path = tmp_path / "vragen.jsonl"
    path.write_text(json.dumps(CASE))
    return path


def test_a_run_is_scored_reported_taken_as_baseline_and_held_against_it(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, again, baseline = str(tmp_path / "run"), str(tmp_path / "again"), str(tmp_path / "baseline.json")
    assert main(["eval", "run", str(questions), "--to", run]) == 0
    assert (tmp_path / "run" / "report.html").is_file()
    assert main(["eval", "report", run]) == 0
    assert main(["eval", "score", str(questions), f"{run}/answers.jsonl", "--to", again]) == 0
    assert main(["eval", "compare", run, again]) == 0
    assert main(["eval", "baseline", run, "--file", baseline]) == 0
    assert main(["eval", "gate", again, "--file", baseline]) == 0
    assert main(["eval", "retrieval", str(questions)]) == 0
    assert capsys.readouterr().err == ""


def test_a_run_that_falls_below_the_baseline_ends_with_1(questions: Path, tmp_path: Path) -> None:
    run, baseline = str(tmp_path / "run"), str(tmp_path / "baseline.json")
    main(["eval", "run", str(questions), "--to", run])
    main(["eval", "baseline", run, "--file", baseline])
    questions.write_text(json.dumps({**CASE, "must": [["8 november 2025"]]}))
    main(["eval", "run", str(questions), "--to", run])
    assert main(["eval", "gate", run, "--file", baseline]) == 1


def test_a_question_set_that_is_not_there_ends_with_2(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "retrieval", str(tmp_path / "geen.jsonl")]) == 2
    assert "geen.jsonl is niet te lezen" in capsys.readouterr().err
