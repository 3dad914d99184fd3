"""The assistant as a LangChain Runnable: a Question in, an Answer out."""

from collections.abc import Iterator
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer
from assistant.flow import Assistant
from assistant.question import Question


class AssistantRunnable(Runnable[Question, Answer]):
    """Composes with other Runnables; ``stream`` yields the proven Answer, then how a chat model words it."""

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
        """Yield Answers of which the last counts, exactly one without a chat model; see ``Assistant.stream``."""
        return self._assistant.stream(input)
