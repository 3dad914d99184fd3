"""What the server does with what a page sends, without a browser."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant.answer import Composer
from assistant.flow import Assistant
from assistant.reword import Reworder
from assistant.web.conversation import Chat, Conversation, Reply
from assistant.web.records import Records

SIGNING = "Wanneer moet ik uiterlijk tekenen?"
WORDS = "Teken uiterlijk op 7 november 2025. [1] Doe dat op tijd."


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path)


@pytest.fixture
def chat(assistant: Assistant, records: Records) -> Chat:
    return Chat(assistant, records, lambda: date(2025, 9, 20))


@pytest.fixture
def make_worded_chat(assistant: Assistant, records: Records) -> Callable[[str], Chat]:
    """Return a function that gives the chat a chat model with one reply."""

    def make(reply: str) -> Chat:
        model = GenericFakeChatModel(messages=iter([AIMessage(content=reply)]))
        worded = Assistant(assistant.documents, assistant.rules, assistant.search, Reworder(model))
        return Chat(worded, records, lambda: date(2025, 9, 20))

    return make


def ask(chat: Chat, conversation: Conversation, data: object) -> tuple[Conversation, Reply]:
    """Ask, and return the last step of the answer."""
    *_, last = chat.ask(conversation, data)
    return last


def test_the_history_holds_the_last_questions_oldest_first(chat: Chat) -> None:
    conversation = Conversation()
    for number in range(8):
        conversation, _ = ask(chat, conversation, {"question": f"Vraag {number}?"})
    assert conversation.history == tuple(f"Vraag {number}?" for number in range(2, 8))


def test_a_changed_question_takes_the_place_of_the_last_one(chat: Chat) -> None:
    conversation, first = ask(chat, Conversation(), {"question": "Wat?"})
    conversation, second = ask(chat, conversation, {"question": SIGNING, "replaces": first.turn})
    assert conversation.history == (SIGNING,)
    assert second.replaces == first.turn


def test_only_the_last_question_can_be_changed(chat: Chat) -> None:
    conversation, first = ask(chat, Conversation(), {"question": "Wat?"})
    conversation, _ = ask(chat, conversation, {"question": SIGNING})
    conversation, _ = ask(chat, conversation, {"question": "En dan?", "replaces": first.turn})
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
    conversation, reply = ask(chat, Conversation(), data)
    assert conversation == Conversation()
    assert reply.notice.startswith("Deze vraag kon niet worden gelezen")


def test_an_audience_that_does_not_exist_is_anyone(chat: Chat) -> None:
    conversation, _ = ask(chat, Conversation(), {"question": SIGNING, "audience": "tandarts"})
    assert conversation.turns[0].audience.key == ""


def test_a_server_that_has_forgotten_the_conversation_says_so(chat: Chat) -> None:
    _, reply = ask(chat, Conversation(), {"question": SIGNING, "shown": 3})
    assert reply.notice.startswith("De eerdere vragen van dit gesprek zijn niet bewaard")


def test_only_turns_of_the_own_conversation_can_be_kept(chat: Chat) -> None:
    conversation, reply = ask(chat, Conversation(), {"question": SIGNING})
    assert chat.keep(Conversation(), {"turn": reply.turn}).kind == "notice"
    assert chat.keep(conversation, {"turn": reply.turn}).kind == "link"


def test_a_kept_turn_opens_again_as_it_was(chat: Chat) -> None:
    conversation, reply = ask(chat, Conversation(), {"question": SIGNING, "audience": "psychiater"})
    chat.keep(conversation, {"turn": reply.turn})
    opened, again = chat.reopen({"turn": reply.turn})
    assert opened.turns[0].answer == conversation.turns[0].answer
    assert opened.turns[0].audience.key == "psychiater"
    assert "bewaard antwoord van 20 september 2025" in again.html


def test_a_kept_turn_of_older_data_says_that_they_have_changed(chat: Chat, records: Records) -> None:
    conversation, _ = ask(chat, Conversation(), {"question": SIGNING})
    older = replace(conversation.turns[0].answer, index_version="ouder")
    records.keep_answer("abc", "", older)
    assert "daarna veranderd" in chat.reopen({"turn": "abc"})[1].html


def test_an_opinion_is_kept_with_the_masked_question_and_the_masked_reason(chat: Chat, tmp_path: Path) -> None:
    conversation, reply = ask(chat, Conversation(), {"question": "Patiënt met BSN 111222333, wanneer tekenen?"})
    chat.vote(conversation, {"turn": reply.turn, "is_good": False, "reason": "BSN 111222333 van patiënt"})
    kept = (tmp_path / "records.sqlite").read_bytes()
    assert b"wanneer tekenen" in kept
    assert b"111222333" not in kept


def test_a_second_opinion_takes_the_place_of_the_first(chat: Chat, records: Records, tmp_path: Path) -> None:
    conversation, reply = ask(chat, Conversation(), {"question": SIGNING})
    for is_good, reason in ((False, ""), (True, "goed")):
        assert chat.vote(conversation, {"turn": reply.turn, "is_good": is_good, "reason": reason}).notice
    assert records.votes() == [(reply.turn, True, "goed")]


def test_a_folder_that_cannot_be_written_is_said_and_the_chat_goes_on(
    assistant: Assistant, tmp_path: Path, make_unwritable: Callable[[Path], Path]
) -> None:
    chat = Chat(assistant, Records(make_unwritable(tmp_path)), lambda: date(2025, 9, 20))
    conversation, reply = ask(chat, Conversation(), {"question": SIGNING})
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


def test_without_a_model_an_answer_is_one_step_without_a_button_to_stop(chat: Chat) -> None:
    ((_, reply),) = chat.ask(Conversation(), {"question": SIGNING})
    assert reply.kind == "turn"
    assert 'data-do="stop"' not in reply.html


def test_with_a_model_the_proven_answer_comes_first_and_can_be_stopped(make_worded_chat: Callable[[str], Chat]) -> None:
    conversation, reply = next(make_worded_chat("Ja.").ask(Conversation(), {"question": SIGNING}))
    assert reply.kind == "wording"
    assert 'data-do="stop"' in reply.html
    assert conversation.turns[0].answer.composer is not Composer.MODEL


def test_with_a_model_the_text_grows_and_counts_when_it_is_whole(make_worded_chat: Callable[[str], Chat]) -> None:
    steps = list(make_worded_chat(WORDS).ask(Conversation(), {"question": SIGNING}))
    assert [reply.kind for _, reply in steps] == ["wording", "grow", "grow", "turn"]
    assert "7 november 2025" in steps[1][1].html
    assert "Doe dat" not in steps[1][1].html
    assert [told.turns[0].answer.composer is Composer.MODEL for told, _ in steps] == [False, False, False, True]
    assert 'data-do="stop"' not in steps[3][1].html


def test_unproven_words_are_in_no_step(make_worded_chat: Callable[[str], Chat], chat: Chat) -> None:
    ours = ask(chat, Conversation(), {"question": SIGNING})[0].turns[0].answer.text
    steps = list(make_worded_chat("Teken op 9 december 2031. [1] Doe dat.").ask(Conversation(), {"question": SIGNING}))
    assert "2031" not in "".join(reply.to_json() for _, reply in steps)
    assert steps[-1][0].turns[0].answer.text == ours


def test_after_a_stop_the_proven_answer_stays(make_worded_chat: Callable[[str], Chat], chat: Chat) -> None:
    ours = ask(chat, Conversation(), {"question": SIGNING})[0].turns[0].answer.text
    worded = make_worded_chat(WORDS)
    steps = worded.ask(Conversation(), {"question": SIGNING})
    next(steps)
    conversation, grown = next(steps)
    worded.stop(conversation, {"turn": grown.turn})
    assert list(steps) == []
    assert conversation.turns[0].answer.text == ours


def test_only_the_own_conversation_can_be_stopped(make_worded_chat: Callable[[str], Chat]) -> None:
    worded = make_worded_chat(WORDS)
    steps = worded.ask(Conversation(), {"question": SIGNING})
    _, first = next(steps)
    worded.stop(Conversation(), {"turn": first.turn})
    worded.stop(Conversation(), None)
    assert len(list(steps)) == 3


def test_the_next_question_ends_the_wording_of_the_last_one(make_worded_chat: Callable[[str], Chat]) -> None:
    worded = make_worded_chat(WORDS)
    steps = worded.ask(Conversation(), {"question": SIGNING})
    conversation, _ = next(steps)
    next(worded.ask(conversation, {"question": "En dan?"}))
    assert list(steps) == []


def test_what_breaks_while_a_model_words_leaves_the_proven_answer(
    make_worded_chat: Callable[[str], Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.web.conversation.render_body", lambda _: 1 / 0)
    steps = list(make_worded_chat(WORDS).ask(Conversation(), {"question": SIGNING}))
    assert [reply.kind for _, reply in steps] == ["wording", "turn"]
    assert "7 november 2025" in steps[-1][1].html
    assert steps[0][0] == steps[1][0]
