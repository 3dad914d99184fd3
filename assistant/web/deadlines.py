"""The dates of a provider type and a day in, each with its state in words and its place in a calendar out."""

from dataclasses import dataclass
from datetime import date

from assistant.answer import AnswerFact
from assistant.days import write_day
from assistant.rules.calendar import calendar_of, event_day
from assistant.rules.inputs import quote_for
from assistant.rules.model import Fact, Quote, WhenEntry
from assistant.rules.state import DateState, State, date_state
from assistant.rules.timeline import Moment, Timeline
from assistant.scope import ProviderType
from assistant.web.render import label


@dataclass(frozen=True)
class StateLabel:
    """The state of a date as it is shown: ``state`` gives the colour, ``words`` say it."""

    state: State
    words: str


@dataclass(frozen=True)
class Deadline:
    """A dated fact on a day; ``first`` and ``last`` differ where the policy is vague."""

    fact: Fact
    quote: Quote
    first: date
    last: date
    label: StateLabel
    is_ahead: bool

    @property
    def is_vague(self) -> bool:
        """Tell whether the policy gives no exact day."""
        return self.first != self.last


def deadlines_of(timeline: Timeline, provider_type: ProviderType, as_of: date) -> list[Deadline]:
    """Return the dates of a timeline as they are shown, in their order."""
    return [
        Deadline(
            moment.fact,
            quote_for(moment.fact, provider_type),
            *_days(when),
            state_label(when, as_of),
            is_ahead(moment, as_of),
        )
        for moment in timeline.moments
        if (when := moment.fact.entry.when)
    ]


def is_ahead(moment: Moment, as_of: date) -> bool:
    """Tell whether a date is an exact day of today or later, so that it has a place in a calendar."""
    day = event_day(moment)
    return day is not None and day >= as_of


def moment_of(fact: Fact, as_of: date) -> Moment | None:
    """Return the date of a fact, None for a fact without one."""
    when = fact.entry.when
    return Moment(fact, date_state(when, as_of), when.day is None) if when else None


def calendar_of_fact(fact: Fact, as_of: date) -> bytes | None:
    """Return a calendar of the one date of a fact, None for a fact without an exact day."""
    moment = moment_of(fact, as_of)
    if moment is None or event_day(moment) is None:
        return None
    return calendar_of(Timeline((moment,), (), ()), min(fact.types), as_of)


def state_label(when: WhenEntry, as_of: date) -> StateLabel:
    """Return the state of a date in words."""
    state = date_state(when, as_of)
    return StateLabel(state.state, _words(when, state))


def answered_date(fact: AnswerFact, facts: dict[str, Fact], as_of: date) -> tuple[StateLabel, bool] | None:
    """Return the state of a fact of an Answer and whether it has a place in a calendar; None without a date."""
    known = facts.get(fact.id)
    moment = moment_of(known, as_of) if known else None
    if moment is None or moment.fact.entry.when is None:
        return None
    return state_label(moment.fact.entry.when, as_of), is_ahead(moment, as_of)


def _days(when: WhenEntry) -> tuple[date, date]:
    """Return the first and last day that a date can mean; the format holds either a day or both ends."""
    return when.day or when.earliest or date.min, when.day or when.latest or date.max


def _words(when: WhenEntry, state: DateState) -> str:
    kind = {"from": "from", "moment": "moment"}.get(when.bound, "until")
    if when.day is None:
        kind = "vague"
    days = abs(state.days_left or 0)
    count = label("one-day") if days == 1 else label("many-days", count=days)
    day = write_day(state.last_day, "nl") if state.last_day else ""
    return label(f"state-{kind}-{state.state.value.replace('_', '-')}", days=count, day=day)
