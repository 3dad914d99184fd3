import json
from typing import Any

import pytest

from assistant.__main__ import main
from assistant.flow import Assistant

ANSWERED = {"answered", "partial", "clarify", "redirect", "refused"}


@pytest.fixture(autouse=True)
def _wired(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.flow.wire", lambda **_: assistant)


def ask(capsys: pytest.CaptureFixture[str], question: str) -> dict[str, Any]:
    """Ask, hold that nothing but an Answer is written, and return it."""
    assert main(["ask", "--json", question]) == 0
    screen = capsys.readouterr()
    assert screen.err == ""
    answer: dict[str, Any] = json.loads(screen.out)
    assert answer["status"] in ANSWERED
    return answer


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\n ", id="white space"),
        pytest.param("?!…", id="punctuation"),
        pytest.param("123 456", id="digits"),
        pytest.param("😀🦷👩‍⚕️", id="emoji"),
        pytest.param("\x00\x01\x02", id="control characters"),
        pytest.param("\ud800\udfff", id="half characters"),
        pytest.param("wanneer " * 2500, id="20,000 characters"),
        pytest.param("a" * 20_000, id="one word of 20,000 characters"),
        pytest.param("Bis wann kann ich den Vertrag für die Zahnpflege unterschreiben?", id="German"),
        pytest.param("Jusqu'à quand puis-je signer le contrat pour les soins dentaires ?", id="French"),
        pytest.param("До какого числа я могу подписать договор?", id="Russian"),
        pytest.param("什么时候签合同？", id="Chinese"),
    ],
)
def test_what_is_no_question_in_dutch_or_english_is_refused_in_a_sentence(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(capsys, question)
    assert (answer["status"], answer["citations"]) == ("refused", [])
    assert len(answer["text"]) > 30


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Wanneer moet ik tekenen? \x00\x07\ud800 \x1b[2J", id="noise"),
        pytest.param("Wanneer moet ik tekenen? 😀🙏", id="emoji"),
        pytest.param("Wanneer moet ik tekenen?'; DROP TABLE passages; --", id="SQL"),
        pytest.param("<script>alert(1)</script> Wanneer moet ik tekenen? <img src=x onerror=y>", id="HTML"),
        pytest.param("Wanneer moet ik op 31 februari 2025 tekenen?", id="a day that does not exist"),
        pytest.param("Wanneer moet ik tekenen? $name ${x} {y} %s [1] \\", id="template characters"),
        pytest.param("Wanneer\u202e moet\u200b ik\ufeff tekenen?", id="invisible characters"),
    ],
)
def test_noise_around_a_question_does_not_break_the_answer(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, question)["text"]


def test_noise_is_written_for_people_without_steering_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Wanneer moet ik tekenen? \x1b[2J\ud800"]) == 0
    assert "\x1b" not in capsys.readouterr().out
