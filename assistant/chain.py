"""The assistant as a LangChain Runnable: a Question in, an Answer out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer, Composer
from assistant.flow import Assistant
from assistant.question import Question
from index.sentences import sentence_spans


class AssistantRunnable(Runnable[Question, Answer]):
    """Composes with other Runnables; ``stream`` yields Answers whose text grows.

    Nothing unproven is ever shown, so the words of a chat model are streamed a sentence at a time once they are
    verified; without a model the stream is exactly one Answer.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question.

        Raises:
            UsageError: the question names a policy that does not exist.
        """
        return self._assistant.answer(input)

    def stream(
        self,
        input: Question,
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> Iterator[Answer]:
        """Yield the Answer, its text growing by a sentence at a time where a chat model worded it."""
        answer = self._assistant.answer(input)
        if answer.composer is Composer.MODEL:
            for _, end in list(sentence_spans(answer.text))[:-1]:
                yield replace(answer, text=answer.text[:end])
        yield answer
