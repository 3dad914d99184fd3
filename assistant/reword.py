"""The optional chat model: proven text in, the same in other words out; whatever it says is verified again."""

from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.errors import ModelError
from prompts import fill, read

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TIMEOUT_SECONDS = 30


class Reworder:
    """Words an Answer anew with a chat model. The question itself is never shown to the model."""

    def __init__(self, model: "BaseChatModel") -> None:
        self._model = model

    def reword(self, text: str, citations: list[Citation], lang: str) -> str:
        """Return the text in other words.

        Raises:
            ModelError: the model is not reachable or returns nothing.
        """
        evidence = "\n".join(f"[{citation.marker}] {citation.quote}" for citation in citations)
        language = "Engels" if lang == "en" else "Nederlands"
        prompt = fill(read("model/reword.md"), language=language, answer=text, evidence=evidence)
        try:
            reply = self._model.invoke(prompt)
        except Exception as error:  # every provider's client raises its own
            raise ModelError(f"Het taalmodel antwoordt niet: {error}") from error
        if not isinstance(reply.content, str) or not reply.content.strip():
            raise ModelError("Het taalmodel gaf een leeg antwoord.")
        return reply.content.strip()


def load_reworder(name: str | None) -> Reworder | None:
    """Load the chat model with this name ("provider:model"), None when no name is set.

    Raises:
        ModelError: the provider is unknown or its package is not installed.
    """
    if name is None:
        return None
    from langchain.chat_models import init_chat_model

    try:
        return Reworder(init_chat_model(name, temperature=0, timeout=_TIMEOUT_SECONDS))
    except Exception as error:  # as above; ImportError names the package that is missing
        raise ModelError(f"Het taalmodel '{name}' is niet te laden: {error}") from error
