"""Facts and a provider type in, the dates and terms of its procurement year out, in order, with their states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.rules.inputs import facts_of, on_topic
from assistant.rules.model import Fact, Kind
from assistant.rules.state import DateState, date_state
from assistant.scope import ProviderType

_PLANNING = "planning-overzicht"


@dataclass(frozen=True)
class Moment:
    """A date of the policy with its state on the day of asking; ``is_vague`` dates name no single day."""

    fact: Fact
    state: DateState
    is_vague: bool


@dataclass(frozen=True)
class Timeline:
    """The dates in order, the terms that run from an event, and what is said where the policy has no planning."""

    moments: tuple[Moment, ...]
    terms: tuple[Fact, ...]
    notes: tuple[Fact, ...]


def timeline_of(facts: Iterable[Fact], provider_type: ProviderType, as_of: date) -> Timeline:
    """Return the timeline of a provider type as it stands on a day."""
    own = facts_of(facts, provider_type)
    dated = sorted(_distinct(fact for fact in own if fact.entry.when), key=_order)
    return Timeline(
        tuple(_moment(fact, as_of) for fact in dated),
        tuple(fact for fact in own if fact.entry.term),
        tuple(fact for fact in on_topic(own, _PLANNING) if fact.entry.kind is Kind.UNDEFINED),
    )


def _moment(fact: Fact, as_of: date) -> Moment:
    when = fact.entry.when
    return Moment(fact, date_state(when, as_of), when is not None and when.day is None)


def _distinct(dated: Iterable[Fact]) -> list[Fact]:
    """Leave out facts that repeat the date of an earlier fact from the same sentence as part of a longer answer."""
    kept: list[Fact] = []
    for fact in dated:
        if not any(_repeats(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _repeats(fact: Fact, other: Fact) -> bool:
    combines = len(fact.quotes) > len(other.quotes)
    same = {(quote.policy, quote.start, quote.end) for quote in fact.quotes} & {
        (quote.policy, quote.start, quote.end) for quote in other.quotes
    }
    return combines and fact.entry.when == other.entry.when and bool(same)


def _order(fact: Fact) -> tuple[date, date, str]:
    when = fact.entry.when
    first = (when.day or when.earliest) if when else None
    last = (when.day or when.latest) if when else None
    return first or date.max, last or date.max, fact.id
