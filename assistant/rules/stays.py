"""A question about an authorisation for a day of stay in, Ja or Nee out, as far as what it says decides."""

from collections.abc import Iterable

from assistant.rules.decisions import authorisation
from assistant.rules.inputs import ContradictoryInputError, MissingInputError, NotInPolicyError
from assistant.rules.model import Fact, Kind
from assistant.rules.phrasings import Side
from assistant.scope import ProviderType
from assistant.words import stay_words
from index.words import fold


def side_of_stay(
    fact: Fact, facts: Iterable[Fact], types: frozenset[ProviderType], asked: str, told: str
) -> Side | None:
    """Decide whether an authorisation is needed; None where the asker does not ask that, or does not say enough.

    ``types`` are the provider types that the asker can be; they must all lead to the same decision.
    """
    table = stay_words()
    text = fold(f"{told} {asked}")
    if fact.entry.kind is not Kind.AUTHORISATION or not table.asked.search(fold(asked)):
        return None
    addiction = _is_addiction(text)
    letters = {match.group("letter") for match in table.letter.finditer(text)}
    letter = letters.pop() if len(letters) == 1 else None
    facts = list(facts)
    decisions = {_required(facts, kind, addiction, letter) for kind in types & fact.types}
    if len(decisions) != 1 or None in decisions:
        return None
    return Side.AFFIRMED if decisions.pop() else Side.DENIED


def _is_addiction(folded: str) -> bool | None:
    """Tell whether a text speaks of an addiction, or of something else ("geen verslaving"); None where of neither."""
    table = stay_words()
    elsewhere = table.other.sub(" ", folded)
    if table.addiction.search(elsewhere):
        return True
    return False if elsewhere != folded else None


def _required(facts: list[Fact], kind: ProviderType, addiction: bool | None, letter: str | None) -> bool | None:
    try:
        return authorisation(facts, kind, addiction, letter).required
    except (MissingInputError, NotInPolicyError, ContradictoryInputError):
        return None
