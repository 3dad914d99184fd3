"""What a decision needs: the errors for inputs that are missing or contradict, and the facts that hold for an asker."""

from collections.abc import Iterable

from assistant.errors import UsageError
from assistant.named import named_types
from assistant.rules.model import Fact, Quote
from assistant.scope import ProviderType
from index.words import fold


class MissingInputError(UsageError):
    """A decision needs something that was not said; ``names`` says what."""

    def __init__(self, *names: str) -> None:
        super().__init__(f"Nog nodig voor een antwoord: {', '.join(names)}.")
        self.names = names


class ContradictoryInputError(UsageError):
    """Two things that were said cannot both be true."""


class NotInPolicyError(UsageError):
    """The policy of this kind of provider does not deal with what is to be decided."""


def facts_of(facts: Iterable[Fact], provider_type: ProviderType) -> list[Fact]:
    """Return the facts that hold for a provider type; general ones are left out."""
    return [fact for fact in facts if fact.policy and provider_type in fact.types]


def on_topic(own: Iterable[Fact], topic: str) -> list[Fact]:
    """Return the facts that answer one question."""
    return [fact for fact in own if fact.entry.topic == topic]


def sources(own: list[Fact], *topics: str) -> tuple[str, ...]:
    """Return the ids of the facts of these topics, in the order of the topics."""
    return tuple(fact.id for topic in topics for fact in on_topic(own, topic))


def quote_for(fact: Fact, provider_type: ProviderType) -> Quote:
    """Return the first quote that stands under a heading of the provider type, or else the first quote."""
    own = (quote for quote in fact.quotes if provider_type in named_types(fold(quote.heading_path[-1])))
    return next(own, fact.quotes[0])
