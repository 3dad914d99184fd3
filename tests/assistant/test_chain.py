from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Composer
from assistant.chain import AssistantRunnable
from assistant.errors import UsageError
from assistant.flow import Assistant
from assistant.question import Question
from assistant.reword import Reworder
from assistant.scope import ProviderType

QUESTION = Question("Wat is de deadline voor de vragenlijst?", date(2025, 9, 20), "q1", ProviderType.VRIJGEVESTIGD)


@pytest.fixture
def worded(assistant: Assistant) -> Callable[[str], AssistantRunnable]:
    """Return a function that gives the assistant a chat model with one reply."""

    def with_reply(reply: str) -> AssistantRunnable:
        model = GenericFakeChatModel(messages=iter([AIMessage(content=reply)]))
        return AssistantRunnable(Assistant(assistant.documents, assistant.rules, assistant.search, Reworder(model)))

    return with_reply


def timeless(answer: Answer) -> Answer:
    return replace(answer, elapsed_ms=0.0)


def test_it_answers_as_the_assistant_does(assistant: Assistant) -> None:
    chain = AssistantRunnable(assistant)
    assert isinstance(chain, Runnable)
    assert timeless(chain.invoke(QUESTION)) == timeless(assistant.answer(QUESTION))


def test_without_a_model_the_stream_is_exactly_one_answer(assistant: Assistant) -> None:
    streamed = list(AssistantRunnable(assistant).stream(QUESTION))
    assert [timeless(answer) for answer in streamed] == [timeless(assistant.answer(QUESTION))]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Er is een deadline [1].", " Die is op 24 oktober 2025 [1].", " Tot dan."], id="marker before"),
        pytest.param(["Er is een deadline. [1]", " Die is op 24 oktober 2025. [1]", " Tot dan."], id="marker after"),
    ],
)
def test_with_a_model_the_text_grows_by_a_sentence(
    worded: Callable[[str], AssistantRunnable], sentences: list[str]
) -> None:
    proven, *answers = worded("".join(sentences)).stream(QUESTION)
    assert proven.composer is Composer.RULES
    assert [answer.text for answer in answers] == ["".join(sentences[: number + 1]) for number in range(3)]
    assert {answer.composer for answer in answers} == {Composer.MODEL}
    assert {answer.citations for answer in answers} == {proven.citations}


def test_the_first_of_the_stream_is_the_whole_proven_answer(
    assistant: Assistant, worded: Callable[[str], AssistantRunnable]
) -> None:
    first = next(worded("Tot dan.").stream(QUESTION))
    assert timeless(first) == timeless(assistant.answer(QUESTION))


def test_unproven_words_are_never_streamed_and_ours_come_last(
    assistant: Assistant, worded: Callable[[str], AssistantRunnable]
) -> None:
    ours = assistant.answer(QUESTION).text
    reply = "Er is een deadline. [1] Die is op 31 oktober 2025. [1] Echt waar."
    texts = [answer.text for answer in worded(reply).stream(QUESTION)]
    assert texts == [ours, "Er is een deadline. [1]", ours]


def test_the_answer_is_the_last_of_the_stream(worded: Callable[[str], AssistantRunnable]) -> None:
    assert worded("Er is een deadline. [1] Tot dan.").invoke(QUESTION).text == "Er is een deadline. [1] Tot dan."


def test_it_composes_with_other_runnables(assistant: Assistant) -> None:
    to_question = RunnableLambda(lambda text: replace(QUESTION, text=text))
    chain = to_question | AssistantRunnable(assistant)
    assert chain.invoke(QUESTION.text).id == "q1"


def test_questions_are_answered_in_a_batch(assistant: Assistant) -> None:
    questions = [replace(QUESTION, id=str(number)) for number in range(3)]
    assert [answer.id for answer in AssistantRunnable(assistant).batch(questions)] == ["0", "1", "2"]


def test_a_policy_that_does_not_exist_is_wrong_use(assistant: Assistant) -> None:
    with pytest.raises(UsageError):
        AssistantRunnable(assistant).invoke(replace(QUESTION, policy="2027-ggz"))
