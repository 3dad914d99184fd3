"""Facts and days that an asker names in, last days and start dates out; every term and threshold stands in a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.days import add_working_days, find_days
from assistant.errors import UsageError
from assistant.rules.inputs import ContradictoryInputError, MissingInputError, facts_of, on_topic, sources
from assistant.rules.model import Fact
from assistant.rules.state import date_state
from assistant.scope import ProviderType

_SIGNING = "tekendatum-zorgovereenkomst"
_NEW_CONTRACT_DURING_YEAR = "nieuw-contract-gedurende-het-jaar"
_LATE_OFFER = "aanvraag-december-aanbod-januari"
_NO_OFFER = "geen-aanbod-ontvangen"


@dataclass(frozen=True)
class LastDay:
    """The last day of a term or of a deadline; None where the policy names none. ``facts`` are the sources."""

    facts: tuple[str, ...]
    day: date | None


class Start(StrEnum):
    """Why a start date is as it is."""

    FIRST_OF_NEXT_MONTH = "first_of_next_month"
    COLLIDES = "collides"
    NOT_NAMED = "not_named"
    NO_NEW_CONTRACT = "no_new_contract"
    OTHER_YEAR = "other_year"


@dataclass(frozen=True)
class StartDate:
    """When an agreement starts.

    ``day`` is None where the policy names none. With COLLIDES it is the day that one sentence gives, while it lies
    before the offer, which the sentence on retroactive effect excludes.
    """

    facts: tuple[str, ...]
    start: Start
    day: date | None


def term_end(fact: Fact, event: date | None) -> LastDay:
    """Count the term of a fact from the day of its event; weeks in days of the calendar, working days as such.

    Raises:
        MissingInputError: the day of the event was not said; the message names the event.
        UsageError: the fact has no term.
    """
    term = fact.entry.term
    if term is None:
        raise UsageError(f"{fact.id} noemt geen termijn.")
    if event is None:
        raise MissingInputError(f"de dag van: {term.event}")
    if term.unit == "week":
        return LastDay((fact.id,), event + timedelta(weeks=term.count))
    if term.unit == "working-day":
        return LastDay((fact.id,), add_working_days(event, term.count))
    return LastDay((fact.id,), _first_of_next_month(event))


def last_signing_day(facts: Iterable[Fact], provider_type: ProviderType, offered: date | None = None) -> LastDay:
    """Decide until when an agreement can be signed: on the day that the planning names, or a term after the offer.

    Raises:
        MissingInputError: the term runs from an offer whose day was not said.
        ContradictoryInputError: the offer comes after the last day for signing.
    """
    signing = on_topic(facts_of(facts, provider_type), _SIGNING)
    for fact in signing:
        if fact.entry.term:
            return term_end(fact, offered)
        if fact.entry.when and fact.entry.when.day:
            last = date_state(fact.entry.when, fact.entry.when.day).last_day
            if offered and last and offered > last:
                raise ContradictoryInputError(f"Het aanbod ({offered}) komt na de uiterste tekendatum ({last}).")
            return LastDay((fact.id,), last)
    return LastDay(tuple(fact.id for fact in signing), None)


def start_date(
    facts: Iterable[Fact], provider_type: ProviderType, applied: date | None = None, offered: date | None = None
) -> StartDate:
    """Decide when an agreement starts that was applied for on one day and offered on another.

    The policy: an offer after 1 January starts on "de eerste van de maand volgend op de maand van aanvraag", but "wij
    sluiten geen zorgovereenkomsten met terugwerkende kracht".

    Raises:
        MissingInputError: one of the days was not said where the policy makes the start depend on it.
        ContradictoryInputError: the offer was made before the application.
    """
    own = facts_of(facts, provider_type)
    rule = next((fact for fact in own if fact.entry.term and fact.entry.term.unit == "first-of-next-month"), None)
    if rule is None:
        return StartDate(sources(own, _NEW_CONTRACT_DURING_YEAR) or sources(own, _NO_OFFER), _without_rule(own), None)
    if applied is None or offered is None:
        missing = {"dag van de aanvraag": applied, "dag van het contractaanbod": offered}
        raise MissingInputError(*(name for name, day in missing.items() if day is None))
    if offered < applied:
        raise ContradictoryInputError(f"Het aanbod ({offered}) ligt vóór de aanvraag ({applied}).")
    return _start_by_rule(rule, own, applied, offered)


def _start_by_rule(rule: Fact, own: list[Fact], applied: date, offered: date) -> StartDate:
    threshold = min(mention.day for quote in rule.quotes for mention in find_days(quote.text, applied))
    day = _first_of_next_month(applied)
    if offered <= threshold:
        return StartDate((rule.id,), Start.NOT_NAMED, None)
    if day.year > threshold.year:
        return StartDate((rule.id,), Start.OTHER_YEAR, None)
    if day < offered:
        return StartDate((rule.id, *sources(own, _LATE_OFFER)), Start.COLLIDES, day)
    return StartDate((rule.id,), Start.FIRST_OF_NEXT_MONTH, day)


def _without_rule(own: list[Fact]) -> Start:
    return Start.NO_NEW_CONTRACT if on_topic(own, _NEW_CONTRACT_DURING_YEAR) else Start.NOT_NAMED


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
