"""A timeline in, an RFC 5545 calendar out: one whole-day event for every date of the policy that is a single day."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from assistant.rules.inputs import quote_for
from assistant.rules.model import Fact
from assistant.rules.texts import fill, rules_texts
from assistant.rules.timeline import Moment, Timeline
from assistant.scope import ProviderType


def calendar_of(timeline: Timeline, provider_type: ProviderType, as_of: date) -> bytes:
    """Write the timeline as a calendar file; the same timeline and day always give the same bytes.

    The event stands on the last day on which one can act, or on the day from which something holds. UIDs are made of
    the ids of the facts, so that a later import updates an event. Vague dates are left out.
    """
    words = rules_texts().calendar
    calendar = Calendar()
    calendar.add("prodid", words["prodid"])
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words["name"])
    for moment in timeline.moments:
        day = event_day(moment)
        if day:
            calendar.add_component(_event(moment.fact, day, provider_type, as_of))
    written: bytes = calendar.to_ical()
    return written


def event_day(moment: Moment) -> date | None:
    """Return the day of the event of a date; None for a vague date."""
    when = moment.fact.entry.when
    if when is None or when.day is None:
        return None
    return when.day - timedelta(days=1) if when.bound == "before" else when.day


def _event(fact: Fact, day: date, provider_type: ProviderType, as_of: date) -> Event:
    words = rules_texts().calendar
    quote = quote_for(fact, provider_type)
    event = Event()
    event.add("uid", fill(words["uid"], fact=fact.id))
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", fact.entry.label)
    source = {"title": quote.title, "heading": " › ".join(quote.heading_path), "page": quote.page}
    event.add("description", fill(words["description"], quote=quote.text, **source))
    return event
