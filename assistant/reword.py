"""The optional chat model: proven text in, the same in other words out; whatever it says is verified again."""

import re
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.errors import ModelError
from index.sentences import sentence_spans
from prompts import fill, read

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TIMEOUT_SECONDS = 30
_SENTENCE_TAIL = re.compile(r"[.?!][”’'\")*]*(?:\s*\[\d+\])*")
_SENTENCE_SIGN = re.compile(r"(?<=\s)[-*]+")


class Reworder:
    """Words an Answer anew with a chat model. The question itself is never shown to the model."""

    def __init__(self, model: "BaseChatModel", timeout: float = _TIMEOUT_SECONDS) -> None:
        self._model = model
        self._timeout = timeout

    def stream(self, text: str, citations: list[Citation], lang: str) -> Iterator[str]:
        """Yield the text in other words: each time the whole sentences so far, the finished text last.

        Raises:
            ModelError: the model is not reachable, takes too long or returns nothing.
        """
        deadline = perf_counter() + self._timeout
        said, shown = "", 0
        for piece in self._pieces(_prompt(text, citations, lang)):
            if perf_counter() > deadline:
                raise ModelError(f"Het taalmodel is na {self._timeout:g} seconden niet klaar.")
            said = (said + piece).lstrip()
            end = end_of_sentences(said)
            if end > shown:
                yield said[:end]
                shown = end
        if not said:
            raise ModelError("Het taalmodel gaf een leeg antwoord.")
        yield said.rstrip()

    def _pieces(self, prompt: str) -> Iterator[str]:
        try:
            for chunk in self._model.stream(prompt):
                yield str(chunk.text)
        except Exception as error:  # every provider's client raises its own
            raise ModelError(f"Het taalmodel antwoordt niet: {error}") from error


def end_of_sentences(text: str) -> int:
    """Return where the last sentence ends that another one follows, its markers included; 0 when there is none.

    Text that is still being written does not show whether its last sentence is whole. No end stands inside emphasis.
    """
    plain = _SENTENCE_SIGN.sub(lambda sign: "•" * len(sign.group()), text)
    plain = _SENTENCE_TAIL.sub(lambda tail: f"{'_' * (len(tail.group()) - 1)}.", plain)
    ends = [end for _, end in sentence_spans(plain)][:-1]
    return max((end for end in ends if text[:end].count("**") % 2 == 0), default=0)


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


def _prompt(text: str, citations: list[Citation], lang: str) -> str:
    evidence = "\n".join(f"[{citation.marker}] {citation.quote}" for citation in citations)
    language = "Engels" if lang == "en" else "Nederlands"
    return fill(read("model/reword.md"), language=language, answer=text, evidence=evidence)
