import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.__main__ import main
from assistant.cli.batch import UnreadableLine, parse_line
from assistant.flow import Assistant
from assistant.question import Question
from assistant.scope import ProviderType

DAY = date(2025, 10, 30)
DEFAULTS = Question(text="", as_of=DAY, policy="2026-ggz")
TEKENEN = '{"id": "tekenen", "question": "Wanneer moet ik als psycholoog tekenen?"}'


@pytest.fixture(autouse=True)
def _wired(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.flow.wire", lambda **_: assistant)


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_key_that_is_used_is_read_and_every_other_is_ignored() -> None:
    line = (
        b'{"id": 7, "question": "Wat?", "as_of": "2025-09-01", "history": ["Eerst dit"], "policy": "2025-mondzorg",'
        b' "provider_type": "cbt", "must": [["x"]], "gold": null, "lang": 5}'
    )
    expected = Question("Wat?", date(2025, 9, 1), "7", ProviderType.CBT, "2025-mondzorg", ("Eerst dit",))
    assert parse_line(1, line, DEFAULTS) == expected


def test_what_a_line_does_not_name_comes_from_the_command() -> None:
    assert parse_line(1, b'{"question": "Wat?"}', DEFAULTS) == Question("Wat?", DAY, policy="2026-ggz")


@pytest.mark.parametrize(
    ("line", "identifier", "reason"),
    [
        pytest.param(b"{niet", "line-3", "de regel is geen geldig JSON-object", id="no JSON"),
        pytest.param(b"", "line-3", "de regel is geen geldig JSON-object", id="empty"),
        pytest.param(b"[1]", "line-3", "de regel is geen geldig JSON-object", id="no object"),
        pytest.param(b"[" * 100_000, "line-3", "de regel is geen geldig JSON-object", id="deep nesting"),
        pytest.param(b'{"question": "\xff"}', "line-3", "de regel is geen UTF-8", id="no UTF-8"),
        pytest.param(b"{}", "line-3", "de sleutel 'question' ontbreekt", id="no question"),
        pytest.param(b'{"id": "a", "question": null}', "a", "de sleutel 'question' klopt niet", id="null"),
        pytest.param(
            b'{"id": "a", "question": "", "history": ""}', "a", "de sleutel 'history' klopt niet", id="history"
        ),
        pytest.param(
            b'{"id": "a", "question": "x", "provider_type": "arts"}',
            "a",
            "de sleutel 'provider_type' klopt niet",
            id="type",
        ),
        pytest.param(
            b'{"id": "a", "question": "x", "as_of": "2025-02-30"}',
            "a",
            "'2025-02-30' is geen bestaande dag. Schrijf een dag als 2025-10-24",
            id="day",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: bytes, identifier: str, reason: str) -> None:
    assert parse_line(3, line, DEFAULTS) == UnreadableLine(identifier, reason)


def test_half_a_character_is_replaced_and_asked() -> None:
    question = parse_line(1, rb'{"question": "Wat\ud800 \u0000?"}', DEFAULTS)
    assert isinstance(question, Question)
    assert question.text == "Wat� \x00?"


def test_every_line_gets_one_answer_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "vragen.jsonl", tmp_path / "antwoorden.jsonl"
    source.write_text(f'{TEKENEN}\n{{"id": "kapot"\n\n{{"question": "Hoi", "policy": "x"}}\n{TEKENEN}\n\n', "utf-8")
    assert main(["ask", "--from", str(source), "--to", str(target), "--as-of", "2025-10-30"]) == 1
    written = answers(target)
    assert [answer["id"] for answer in written] == ["tekenen", "line-2", "line-3", None, "tekenen"]
    assert [answer["status"] == "error" for answer in written] == [False, True, True, True, False]
    assert len({tuple(answer) for answer in written}) == 1
    assert {answer["as_of"] for answer in written} == {"2025-10-30"}
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Regel 2 is niet te lezen: de regel is geen geldig JSON-object."
    assert said[-1] == "3 van de 5 vragen zijn niet beantwoord."


def test_a_file_without_faults_ends_with_0_and_keeps_a_byte_order_mark_out(tmp_path: Path) -> None:
    source, target = tmp_path / "vragen.jsonl", tmp_path / "antwoorden.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + TEKENEN.encode() + b"\r\n" + TEKENEN.encode())
    assert main(["ask", "--from", str(source), "--to", str(target)]) == 0
    assert len(answers(target)) == 2


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    source, target = tmp_path / "vragen.jsonl", tmp_path / "antwoorden.jsonl"
    source.write_text("\n \n")
    assert main(["ask", "--from", str(source), "--to", str(target)]) == 0
    assert target.read_bytes() == b""


def test_a_hyphen_is_standard_input_and_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEKENEN.encode())))
    assert main(["ask", "--from", "-", "--to", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "tekenen"


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--from", str(tmp_path / "nee.jsonl")]) == 2
    assert "nee.jsonl is niet te lezen" in capsys.readouterr().err


def test_the_questions_are_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "vragen.jsonl"
    source.write_text(TEKENEN)
    assert main(["ask", "--from", str(source), "--to", str(source)]) == 2
    assert source.read_text() == TEKENEN
    assert "Kies bij --to een ander bestand" in capsys.readouterr().err


def test_answers_that_cannot_be_written_end_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "vragen.jsonl"
    source.write_text(TEKENEN)
    assert main(["ask", "--from", str(source), "--to", str(tmp_path / "geen" / "map.jsonl")]) == 1
    assert "kan niet worden geschreven" in capsys.readouterr().err


def test_a_disk_that_is_full_while_answering_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], absent: Callable[[str], None]
) -> None:
    if not Path("/dev/full").exists():
        absent("/dev/full is not on this system")
    source = tmp_path / "vragen.jsonl"
    source.write_text(TEKENEN)
    assert main(["ask", "--from", str(source), "--to", "/dev/full"]) == 1
    assert "/dev/full kan niet worden geschreven" in capsys.readouterr().err


def test_two_hundred_questions_are_answered_in_one_process(tmp_path: Path) -> None:
    source, target = tmp_path / "vragen.jsonl", tmp_path / "antwoorden.jsonl"
    lines = [json.dumps({"id": str(number), "question": "Wanneer moet ik tekenen?"}) for number in range(200)]
    source.write_text("\n".join(lines))
    assert main(["ask", "--from", str(source), "--to", str(target)]) == 0
    assert [answer["id"] for answer in answers(target)] == [str(number) for number in range(200)]
