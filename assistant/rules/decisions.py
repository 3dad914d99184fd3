"""Facts and what an asker says in, decisions out: pure functions that hold no date, amount or letter of their own."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.errors import UsageError
from assistant.rules.inputs import (
    ContradictoryInputError,
    MissingInputError,
    NotInPolicyError,
    facts_of,
    on_topic,
    sources,
)
from assistant.rules.model import Fact
from assistant.rules.state import DateState, State, date_state
from assistant.scope import ProviderType, sector_of
from assistant.words import question_words

_PROCEDURE = "welke-procedure"
_SIZE = "grootteklasse-instelling"
_ON_THE_LINE = "schadelast-precies-op-de-grens"
_STAY = "machtiging-verblijfsdag"
_ADDICTION_STAY = "machtiging-verblijf-verslaving"
_OTHER_STAY = "machtiging-verblijf-overige-diagnoses"
_FIRST_LETTERS = "machtiging-verblijfsdag-a-b"
_ALLOWED = {State.OPEN: True, State.CLOSES_TODAY: True, State.CLOSED: False, State.NOT_YET_OPEN: False}


@dataclass(frozen=True)
class MayStill:
    """Whether one may act on a day; None where the date is too vague to tell."""

    fact: str
    allowed: bool | None
    state: DateState


@dataclass(frozen=True)
class Procedure:
    """The kind of provider whose procedure one follows; None exactly on the line, which the policy leaves open."""

    facts: tuple[str, ...]
    provider_type: ProviderType | None


@dataclass(frozen=True)
class Authorisation:
    """Whether a day of stay needs an authorisation."""

    facts: tuple[str, ...]
    required: bool


def may_still(fact: Fact, as_of: date) -> MayStill:
    """Decide whether one may still act, or whether something has begun, on a day.

    Raises:
        UsageError: the fact has no date.
    """
    if fact.entry.when is None:
        raise UsageError(f"{fact.id} noemt geen datum.")
    state = date_state(fact.entry.when, as_of)
    return MayStill(fact.id, _ALLOWED.get(state.state), state)


def procedure_for(
    facts: Iterable[Fact],
    provider_type: ProviderType | None = None,
    claims_burden: float | None = None,
    integrated: bool | None = None,
) -> Procedure:
    """Decide which procedure one follows; without a provider type the claims burden of an institution decides.

    An integrated institution negotiates whatever its size: that is how we read "geïntegreerde ggz instellingen en
    overige ggz instellingen met een schadelast >€ 200.000,-".

    Raises:
        MissingInputError: neither the kind of provider nor the claims burden was said.
        ContradictoryInputError: what was said cannot all be true.
        NotInPolicyError: the policy of this kind of provider knows no size classes.
    """
    facts = list(facts)
    own_type = _with_integrated(provider_type, integrated)
    line = question_words().size_line
    if claims_burden is not None and not (math.isfinite(claims_burden) and claims_burden >= 0):
        raise ContradictoryInputError("Een schadelast is een bedrag van nul euro of meer.")
    if own_type and (claims_burden is None or own_type not in (line.below, line.above)):
        return _procedure(facts, own_type)
    if claims_burden is None:
        raise MissingInputError("soort aanbieder", "schadelast")
    if claims_burden == line.amount:
        return Procedure(sources(facts_of(facts, line.below), _ON_THE_LINE), None)
    size = line.below if claims_burden < line.amount else line.above
    if own_type and own_type is not size:
        raise ContradictoryInputError(f"Bij deze schadelast hoort '{size}', niet '{own_type}'.")
    return _procedure(facts, size)


def authorisation(
    facts: Iterable[Fact], provider_type: ProviderType | None, addiction: bool | None = None, letter: str | None = None
) -> Authorisation:
    """Decide whether a day of stay needs an authorisation; asks only for what makes a difference.

    The facts hold the first letter that needs one with other diagnoses; without one the provider is exempt.

    Raises:
        MissingInputError: something was not said that the decision depends on.
        ContradictoryInputError: the letter is none.
        NotInPolicyError: the policy of this kind of provider knows no days of stay.
    """
    if provider_type is None:
        raise MissingInputError("soort aanbieder")
    if letter is not None and not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
        raise ContradictoryInputError(f"'{letter}' is geen letter van een verblijfsdag.")
    own = facts_of(facts, provider_type)
    rules = on_topic(own, _OTHER_STAY)
    if not rules:
        raise NotInPolicyError(f"Het beleid {sector_of(provider_type)} kent geen verblijfsdagen.")
    limit = rules[0].entry.value
    if limit is None:
        return Authorisation(sources(own, _STAY), False)
    if addiction:
        return Authorisation(sources(own, _ADDICTION_STAY), True)
    if letter is not None and letter.upper() >= limit[-1]:
        return Authorisation(sources(own, _OTHER_STAY), True)
    if addiction is None or letter is None:
        inputs = {"verslaving of niet": addiction, "letter van de verblijfsdag": letter}
        raise MissingInputError(*(name for name, said in inputs.items() if said is None))
    return Authorisation(sources(own, _FIRST_LETTERS), False)


def _with_integrated(provider_type: ProviderType | None, integrated: bool | None) -> ProviderType | None:
    if integrated is None:
        return provider_type
    if integrated and provider_type in (None, ProviderType.INSTELLING_ONDERHANDELING, ProviderType.GEINTEGREERD):
        return ProviderType.GEINTEGREERD
    if integrated or provider_type is ProviderType.GEINTEGREERD:
        raise ContradictoryInputError(f"Geïntegreerd of niet past niet bij '{provider_type}'.")
    return provider_type


def _procedure(facts: list[Fact], provider_type: ProviderType) -> Procedure:
    own = facts_of(facts, provider_type)
    if not on_topic(own, _PROCEDURE):
        raise NotInPolicyError(f"Het beleid {sector_of(provider_type)} kent geen grootteklassen.")
    return Procedure(sources(own, _PROCEDURE, _SIZE), provider_type)
