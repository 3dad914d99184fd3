"""Facts in, the words for them out: lead, preface, the fact itself, how its date lies to the day of asking."""

import re

from assistant.answer import AnswerFact
from assistant.days import Period, find_periods, write_day, write_month
from assistant.draft import Draft
from assistant.form import Form, sided_clause
from assistant.parts import Part
from assistant.rules.decided import side_of_coming_day
from assistant.rules.lookup import Match
from assistant.rules.model import Fact, Kind, TermEntry, WhenEntry
from assistant.rules.phrasings import Side
from assistant.rules.state import DateState, State, date_state
from assistant.rules.terms import term_end
from assistant.words import question_words
from index.words import fold

_MARKER = re.compile(r"\[(\d+)\]")


def lead_text(draft: Draft, match: Match, part: Part) -> str:
    """Return how a yes/no answer begins, "" where the question is open or the side is not known."""
    entry, form = match.fact.entry, part.form
    if form is Form.OPEN or entry.is_gap or entry.kind is Kind.REDIRECT:
        return ""
    if form is Form.STILL and entry.when:
        is_late = any(pattern.search(fold(part.text)) for pattern in question_words().late)
        asked = sided_clause(part.text) or part.text
        coming = side_of_coming_day(match.fact, asked, (part.text, part.told), draft.query.question.as_of)
        if coming:
            return draft.say("yes" if (coming is Side.AFFIRMED) is not is_late else "no")
        return _still_lead(draft, match.fact, entry.when, "late" if is_late else "still")
    names = {Side.AFFIRMED: "yes", Side.DENIED: "no", Side.DEPENDS: "depends"}
    side = draft.rules.side(match.fact, draft.query, part)
    return draft.say(names[side]) if side in names else ""


def _still_lead(draft: Draft, fact: Fact, when: WhenEntry, asks: str) -> str:
    """Answer "can I still?" (asks is "still") or "am I too late?" ("late") for the day of asking."""
    state = date_state(when, draft.query.question.as_of)
    if when.day is None:
        value = fact.entry.value or fact.entry.label
        name = {State.VAGUE: "still-vague", State.CLOSED: "still-vague-closed"}.get(state.state, "still-vague-open")
        return draft.say(name, value=value)
    day = write_day(state.last_day or when.day, draft.lang)
    if state.state is State.CLOSES_TODAY:
        return draft.say(f"{asks}-today", day=day)
    if when.bound == "from":
        if state.state is State.OPEN:
            return draft.say("still-started", day=day)
        return draft.say("still-not-yet", day=day, days=_days(draft, state))
    name = f"{asks}-closed" if state.state is State.CLOSED else f"{asks}-open"
    return draft.say(name, day=day, days=_days(draft, state))


def preface_text(draft: Draft, fact: Fact) -> str:
    """Say that the policy is of an earlier year, or that the date is past."""
    if fact.policy is None:
        return ""
    year, as_of = draft.document(fact.policy).contract_year, draft.query.question.as_of
    if fact.entry.when and date_state(fact.entry.when, as_of).state is State.CLOSED:
        return draft.say("past-date", year=year)
    return draft.say("later-day", year=year) if as_of.year > year else ""


def state_text(draft: Draft, fact: Fact, form: Form) -> str:
    """Say how the date of a fact lies to the day of asking, where the lead has not."""
    when = fact.entry.when
    if when is None or when.day is None or form is Form.STILL:
        return ""
    state = date_state(when, draft.query.question.as_of)
    if state.state is State.CLOSES_TODAY:
        return draft.say("state-today")
    if state.state is State.NOT_YET_OPEN:
        return draft.say("state-not-yet", days=_days(draft, state))
    if when.bound == "from" or state.last_day is None:
        return ""
    day = write_day(state.last_day, draft.lang)
    name = "state-closed" if state.state is State.CLOSED else "state-open"
    return draft.say(name, day=day, days=_days(draft, state))


def term_text(draft: Draft, fact: Fact) -> str:
    """Count the term of a fact from the day of its event, where that is known."""
    term = fact.entry.term
    event = _event(draft, fact, term) if term else None
    if term is None or event is None:
        return ""
    end = term_end(fact, event.first).day
    day = write_day(end, draft.lang) if end else ""
    if term.unit == "first-of-next-month":
        if event.first != event.last:
            return draft.say("term-next-month-in", month=write_month(event.first, draft.lang), day=day)
        return draft.say("term-next-month", start=write_day(event.first, draft.lang), day=day)
    name = "term-weeks" if term.unit == "week" else "term-working-days"
    return draft.say(name, count=term.count, start=write_day(event.first, draft.lang), day=day)


def _event(draft: Draft, fact: Fact, term: TermEntry) -> Period | None:
    """Return the day from which a term runs: the first that the question names.

    For a start on the first of a month a month alone will do, today where no other is named, and what begins outside
    the contract year is left out.
    """
    query, as_of = draft.query, draft.query.question.as_of
    if term.unit != "first-of-next-month" or fact.policy is None:
        return query.days[0].period if query.days else None
    year = draft.document(fact.policy).contract_year
    named = [*(mention.period for mention in query.days), *find_periods(query.text, as_of)]
    event = named[0] if named else Period(as_of, as_of, has_year=True)
    if not event.has_year:
        event = event.in_year(year)
    begins = {day.year if day else None for day in (term_end(fact, each).day for each in (event.first, event.last))}
    return event if begins == {year} else None


def _days(draft: Draft, state: DateState) -> str:
    """Write how many days the last day, or the beginning, is away."""
    count = state.days_left
    if count is None:
        count = (draft.query.question.as_of - state.last_day).days if state.last_day else 0
    return draft.say("one-day") if count == 1 else draft.say("many-days", count=count)


def fact_text(draft: Draft, fact: Fact) -> str:
    """Write a fact with its markers, the items of a list under it, and record it."""
    markers = [draft.mark(quote) for quote in fact.quotes]
    raw = fact.entry.answer.en if draft.lang == "en" else fact.entry.answer.nl
    lines = [_MARKER.sub(lambda match: markers[int(match.group(1)) - 1], raw)]
    for identifier in fact.entry.items:
        item = draft.rules.fact(identifier)
        marks = "".join(draft.mark(quote) for quote in item.quotes)
        lines.append(f"- {item.entry.label} {marks}")
        _record(draft, item, marks)
    _record(draft, fact, " ".join(markers))
    return "\n".join(lines) if len(lines) == 1 else lines[0] + "\n\n" + "\n".join(lines[1:])


def _record(draft: Draft, fact: Fact, markers: str) -> None:
    if any(known.id == fact.id for known in draft.answer_facts):
        return
    entry = fact.entry
    state = date_state(entry.when, draft.query.question.as_of)
    draft.answer_facts.append(
        AnswerFact(
            id=fact.id,
            kind=entry.kind,
            label=entry.label,
            value=entry.value,
            date=entry.when.day.isoformat() if entry.when and entry.when.day else None,
            state=state.state,
            days_left=state.days_left,
            markers=tuple(int(marker) for marker in _MARKER.findall(markers)),
        )
    )
