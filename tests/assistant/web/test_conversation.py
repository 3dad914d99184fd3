"""What the server does with what a page sends, without a browser."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.flow import Assistant
from assistant.web.conversation import Chat, Conversation
from assistant.web.records import Records

SIGNING = "Wanneer moet ik uiterlijk tekenen?"


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path)


@pytest.fixture
def chat(assistant: Assistant, records: Records) -> Chat:
    return Chat(assistant, records, lambda: date(2025, 9, 20))


def test_the_history_holds_the_last_questions_oldest_first(chat: Chat) -> None:
    conversation = Conversation()
    for number in range(8):
        conversation, _ = chat.ask(conversation, {"question": f"Vraag {number}?"})
    assert conversation.history == tuple(f"Vraag {number}?" for number in range(2, 8))


def test_a_changed_question_takes_the_place_of_the_last_one(chat: Chat) -> None:
    conversation, first = chat.ask(Conversation(), {"question": "Wat?"})
    conversation, second = chat.ask(conversation, {"question": SIGNING, "replaces": first.turn})
    assert conversation.history == (SIGNING,)
    assert second.replaces == first.turn


def test_only_the_last_question_can_be_changed(chat: Chat) -> None:
    conversation, first = chat.ask(Conversation(), {"question": "Wat?"})
    conversation, _ = chat.ask(conversation, {"question": SIGNING})
    conversation, _ = chat.ask(conversation, {"question": "En dan?", "replaces": first.turn})
    assert len(conversation.turns) == 3


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(None, id="nothing"),
        pytest.param("tekst", id="a string"),
        pytest.param({"question": ["a"]}, id="a list"),
        pytest.param({"question": "x" * 20_001}, id="too long"),
        pytest.param({"question": "x", "audience": {"a": 1}}, id="an object as audience"),
        pytest.param({"question": "x", "history": [{"role": "system", "content": "y"}]}, id="a history with roles"),
        pytest.param({"question": "x", "replaces": "../../x"}, id="an id that is none"),
    ],
)
def test_what_does_not_look_like_a_question_is_refused_with_a_sentence(chat: Chat, data: Any) -> None:
    conversation, reply = chat.ask(Conversation(), data)
    assert conversation == Conversation()
    assert reply.notice.startswith("Deze vraag kon niet worden gelezen")


def test_an_audience_that_does_not_exist_is_anyone(chat: Chat) -> None:
    conversation, _ = chat.ask(Conversation(), {"question": SIGNING, "audience": "tandarts"})
    assert conversation.turns[0].audience.key == ""


def test_a_server_that_has_forgotten_the_conversation_says_so(chat: Chat) -> None:
    _, reply = chat.ask(Conversation(), {"question": SIGNING, "shown": 3})
    assert reply.notice.startswith("De eerdere vragen van dit gesprek zijn niet bewaard")


def test_only_turns_of_the_own_conversation_can_be_kept(chat: Chat) -> None:
    conversation, reply = chat.ask(Conversation(), {"question": SIGNING})
    assert chat.keep(Conversation(), {"turn": reply.turn}).kind == "notice"
    assert chat.keep(conversation, {"turn": reply.turn}).kind == "link"


def test_a_kept_turn_opens_again_as_it_was(chat: Chat) -> None:
    conversation, reply = chat.ask(Conversation(), {"question": SIGNING, "audience": "psychiater"})
    chat.keep(conversation, {"turn": reply.turn})
    opened, again = chat.reopen({"turn": reply.turn})
    assert opened.turns[0].answer == conversation.turns[0].answer
    assert opened.turns[0].audience.key == "psychiater"
    assert "bewaard antwoord van 20 september 2025" in again.html


def test_a_kept_turn_of_older_data_says_that_they_have_changed(chat: Chat, records: Records) -> None:
    conversation, _ = chat.ask(Conversation(), {"question": SIGNING})
    older = replace(conversation.turns[0].answer, index_version="ouder")
    records.keep_answer("abc", "", older)
    assert "daarna veranderd" in chat.reopen({"turn": "abc"})[1].html


def test_an_opinion_is_kept_with_the_masked_question_and_the_masked_reason(chat: Chat, tmp_path: Path) -> None:
    conversation, reply = chat.ask(Conversation(), {"question": "Patiënt met BSN 111222333, wanneer tekenen?"})
    chat.vote(conversation, {"turn": reply.turn, "is_good": False, "reason": "BSN 111222333 van patiënt"})
    kept = (tmp_path / "records.sqlite").read_bytes()
    assert b"wanneer tekenen" in kept
    assert b"111222333" not in kept


def test_a_second_opinion_takes_the_place_of_the_first(chat: Chat, records: Records, tmp_path: Path) -> None:
    conversation, reply = chat.ask(Conversation(), {"question": SIGNING})
    for is_good, reason in ((False, ""), (True, "goed")):
        assert chat.vote(conversation, {"turn": reply.turn, "is_good": is_good, "reason": reason}).notice
    assert records.votes() == [(reply.turn, True, "goed")]


def test_a_folder_that_cannot_be_written_is_said_and_the_chat_goes_on(
    assistant: Assistant, tmp_path: Path, make_unwritable: Callable[[Path], Path]
) -> None:
    chat = Chat(assistant, Records(make_unwritable(tmp_path)), lambda: date(2025, 9, 20))
    conversation, reply = chat.ask(Conversation(), {"question": SIGNING})
    assert chat.keep(conversation, {"turn": reply.turn}).notice.startswith("Dat kon nu niet worden bewaard")
    assert chat.vote(conversation, {"turn": reply.turn, "is_good": True}).notice.startswith("Dat kon nu niet")
    assert chat.reopen({"turn": reply.turn})[1].notice.startswith("Dat kon nu niet")


@pytest.fixture
def make_unwritable() -> Callable[[Path], Path]:
    """Return a function that gives a folder in which nothing can be made, for root neither: it is a file."""

    def make(folder: Path) -> Path:
        (folder / "bestand").write_text("", "utf-8")
        return folder / "bestand"

    return make


def test_no_two_replies_are_the_same_message(chat: Chat) -> None:
    reply = chat.keep(Conversation(), {"turn": "x"})
    assert reply.to_json() != reply.to_json()
    assert json.loads(reply.to_json())["kind"] == "notice"
