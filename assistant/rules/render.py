"""Timelines and checklists in, lines of plain Dutch out."""

from collections.abc import Iterator
from datetime import date

from assistant.days import write_day
from assistant.rules.checklist import Check, Checklist, Standing
from assistant.rules.inputs import quote_for
from assistant.rules.model import Fact
from assistant.rules.state import DateState, State
from assistant.rules.texts import fill, rules_texts
from assistant.rules.timeline import Moment, Timeline
from assistant.scope import ProviderType, sector_of
from index.documents import Document


def timeline_lines(
    timeline: Timeline, provider_type: ProviderType, as_of: date, documents: list[Document]
) -> Iterator[str]:
    """Yield the dates in order, the vague ones apart, the terms and the notes, each with its sentence."""
    words = rules_texts().deadlines
    year = next(document.contract_year for document in documents if document.sector == sector_of(provider_type))
    if as_of.year > year:
        yield fill(words["later"], year=year)
    yield fill(words["title"], type=provider_type, day=write_day(as_of, "nl"))
    for moment in timeline.moments:
        if not moment.is_vague:
            yield from _moment_lines(moment, provider_type)
    vague = [moment for moment in timeline.moments if moment.is_vague]
    if vague:
        yield words["vague"]
    for moment in vague:
        yield from _moment_lines(moment, provider_type)
    yield from _terms_lines(timeline.terms, provider_type)
    if timeline.notes:
        yield words["notes"]
    for fact in timeline.notes:
        yield f"  {fact.entry.label}"


def state_text(state: DateState) -> str:
    """Say what the state of a date is."""
    words = rules_texts().states
    name: str = state.state.value
    if state.state is State.OPEN and state.days_left is None:
        return words["open-since"] if state.last_day is None else words["open"]
    if state.days_left is not None and f"{name}-days" in words:
        last = write_day(state.last_day, "nl") if state.last_day else ""
        return fill(words[f"{name}-days"], days=_days(state.days_left), last=last)
    if state.state is State.CLOSED:
        return fill(words["closed"], last=write_day(state.last_day, "nl")) if state.last_day else words["closed-vague"]
    return words[name]


def checklist_lines(groups: list[Checklist], provider_type: ProviderType, have: frozenset[str]) -> Iterator[str]:
    """Yield every requirement under its list, with how it stands and its sentence, and the totals."""
    words = rules_texts().checklist
    yield fill(words["title"], type=provider_type)
    yield fill(words["said"], keys=", ".join(sorted(have))) if have else words["said-nothing"]
    unused = have - {key for group in groups for check in group.checks for key in check.keys}
    if unused:
        yield fill(words["unused"], keys=", ".join(sorted(unused)))
    for group in groups:
        yield ""
        yield group.source.entry.label if group.source else words["other"]
        for check in group.checks:
            yield from _check_lines(check, provider_type)
    standings = [check.standing for group in groups for check in group.checks]
    yield ""
    yield fill(words["totals"], **{standing.value: standings.count(standing) for standing in Standing})
    yield words["legend"]


def _moment_lines(moment: Moment, provider_type: ProviderType) -> Iterator[str]:
    line = rules_texts().deadlines["line"]
    yield fill(line, label=moment.fact.entry.label, state=state_text(moment.state))
    yield _source(moment.fact, provider_type)


def _terms_lines(terms: tuple[Fact, ...], provider_type: ProviderType) -> Iterator[str]:
    words = rules_texts().deadlines
    if terms:
        yield words["terms"]
    for fact in terms:
        yield f"  {fact.entry.label}"
        yield _source(fact, provider_type)
        if fact.entry.term and fact.entry.term.unit == "working-day":
            yield words["working-days"]


def _check_lines(check: Check, provider_type: ProviderType) -> Iterator[str]:
    words = rules_texts().checklist
    yield fill(words["line"], standing=words[check.standing.value], label=check.fact.entry.label)
    if check.by:
        yield fill(words["by"], key=check.by)
    elif check.keys:
        yield fill(words["keys"], keys=" OF ".join(check.keys))
    if check.note:
        yield fill(words["note"], note=check.note)
    yield _source(check.fact, provider_type)


def _source(fact: Fact, provider_type: ProviderType) -> str:
    quote = quote_for(fact, provider_type)
    heading = " › ".join(quote.heading_path)
    return fill(
        rules_texts().deadlines["source"], quote=quote.text, title=quote.title, heading=heading, page=quote.page
    )


def _days(count: int) -> str:
    words = rules_texts().states
    return words["day"] if count == 1 else fill(words["days"], count=count)
