"""Findings in, a Draft out: the text of the Answer with its facts, citations, options and desk."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.answer import AnswerFact, Citation, Composer, Contact, Option, Status
from assistant.days import add_working_days, write_day
from assistant.extract import telling_sentences
from assistant.rules.desks import DEFAULT_DESK, contact_of
from assistant.rules.lookup import FactLookup, Match
from assistant.rules.matcher import Side
from assistant.rules.model import Fact, Kind, Quote
from assistant.rules.state import DateState, State, date_state
from assistant.scope import TYPES_OF_SECTOR, ProviderType
from assistant.select import Finding, Outcome, is_yes_no
from assistant.understand import Form, Part, Query
from assistant.words import question_words
from index.documents import Document
from index.words import fold
from prompts import text

_MARKER = re.compile(r"\[(\d+)\]")
_MAX_CHARACTERS = 1500
_MAX_OPTIONS = 4
_STATUS_OF_KIND = {Kind.ABSENT: Status.REFUSED, Kind.REDIRECT: Status.REDIRECT}


@dataclass
class Draft:
    """An Answer in the making; markers are given out in the order in which sources are first used."""

    query: Query
    documents: list[Document]
    rules: FactLookup
    citations: list[Citation] = field(default_factory=list)
    answer_facts: list[AnswerFact] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    contact: Contact | None = None
    composer: Composer = Composer.RULES
    computed: list[str] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """Return the language of the text."""
        return "en" if self.query.lang == "en" else "nl"

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "\n\n".join(self.paragraphs)

    @property
    def status(self) -> Status:
        """Return the status of the whole: partial where only some parts were answered."""
        kinds = set(self.statuses)
        if len(kinds) <= 1:
            return next(iter(kinds), Status.REFUSED)
        if Status.CLARIFY in kinds:
            return Status.CLARIFY
        return Status.PARTIAL if Status.REFUSED in kinds else Status.ANSWERED

    def mark(self, quote: Quote) -> str:
        """Cite a quote and return its marker; the same quote keeps its marker."""
        for citation in self.citations:
            if (citation.policy, citation.start, citation.end) == (quote.policy, quote.start, quote.end):
                return f"[{citation.marker}]"
        marker = len(self.citations) + 1
        self.citations.append(
            Citation(
                marker, quote.policy, quote.title, quote.heading_path, quote.page, quote.text, quote.start, quote.end
            )
        )
        return f"[{marker}]"

    def say(self, name: str, **variables: object) -> str:
        """Return a text in the language of the answer; what is filled in counts as computed."""
        self.computed += [str(value) for value in variables.values()]
        return text(name, self.lang, **variables)

    def document(self, policy: str) -> Document:
        """Return the Document of a policy."""
        return next(document for document in self.documents if document.id == policy)


def compose(query: Query, findings: list[Finding], documents: list[Document], rules: FactLookup) -> Draft:
    """Write the answer to every part, each with its sources."""
    draft = Draft(query, documents, rules)
    for finding in findings:
        _WRITERS[finding.outcome](draft, finding)
    if query.is_private:
        draft.paragraphs.append(draft.say("privacy"))
    draft.contact = draft.contact or contact_of(DEFAULT_DESK, draft.lang)
    return draft


def _write_facts(draft: Draft, finding: Finding) -> None:
    first, *others = finding.matches
    part = finding.part
    lead = _lead(draft, first, part)
    preface = "" if lead and part.form is Form.STILL else _preface(draft, first.fact, part.form)
    parts = [
        lead,
        preface,
        _fact_text(draft, first.fact),
        _state_text(draft, first.fact, part.form),
        _term_text(draft, first.fact),
    ]
    for twin in finding.same.get(first.fact.id, ()):
        if twin.quotes and twin.policy != first.fact.policy and twin.policy:
            marker = " ".join(draft.mark(quote) for quote in twin.quotes)
            parts.append(draft.say("also-in", title=draft.document(twin.policy).title, marker=marker))
    draft.paragraphs.append(" ".join(part for part in parts if part))
    for match in others:
        draft.paragraphs.append(_fact_text(draft, match.fact))
    draft.statuses.append(_STATUS_OF_KIND.get(first.fact.entry.kind, Status.ANSWERED))
    if first.fact.entry.desk:
        draft.contact = contact_of(first.fact.entry.desk, draft.lang)


def _write_cases(draft: Draft, finding: Finding) -> None:
    matches = finding.matches
    options = [_option(draft, finding, match) for match in matches[:_MAX_OPTIONS]]
    whole = [f"- **{_case_name(draft, match.fact)}**: {_case_text(draft, match, finding)}" for match in matches]
    too_long = len("\n".join(whole)) > _MAX_CHARACTERS - 250
    if too_long or len(matches) > _MAX_OPTIONS:
        draft.citations.clear()
        draft.answer_facts.clear()
        draft.paragraphs.append(draft.say("clarify"))
        draft.options += options
        draft.statuses.append(Status.CLARIFY)
        return
    yes_no = is_yes_no(finding.part)
    draft.paragraphs.append("\n".join([draft.say("depends-cases" if yes_no else "cases"), "", *whole]))
    draft.options += options
    spans_sectors = len({match.fact.policy for match in matches}) > 1
    draft.statuses.append(Status.CLARIFY if spans_sectors and not draft.query.sectors else Status.ANSWERED)


def _write_passages(draft: Draft, finding: Finding) -> None:
    found = telling_sentences(finding.part.text, list(finding.passages), draft.documents)
    if not found:
        _write_nothing(draft, finding)
        return
    draft.composer = Composer.EXTRACTIVE
    title = draft.document(found[0].policy).title
    lines = [f"“{quote.text}” {draft.mark(quote)}" for quote in found]
    draft.paragraphs.append("\n\n".join([draft.say("extract", title=title), *lines]))
    draft.statuses.append(Status.ANSWERED)


def _write_other_types(draft: Draft, finding: Finding) -> None:
    fact = finding.matches[0].fact
    draft.paragraphs.append(f"{draft.say('for-others', types=_type_names(draft, fact))} {_fact_text(draft, fact)}")
    draft.statuses.append(_STATUS_OF_KIND.get(fact.entry.kind, Status.ANSWERED))


def _write_other_policy(draft: Draft, finding: Finding) -> None:
    own = next(iter(sorted(draft.query.scope.policies, reverse=True)))
    other = finding.matches[0].fact.policy
    if other is None:
        _write_nothing(draft, finding)
        return
    titles = {"policy": draft.document(own).title, "other": draft.document(other).title}
    draft.paragraphs.append(f"{draft.say('not-in-scope', **titles)} {_desk_text(draft)}")
    draft.statuses.append(Status.REFUSED)


def _write_nothing(draft: Draft, finding: Finding) -> None:
    if len(draft.query.parts) > 1:
        draft.paragraphs.append(draft.say("partly", part=_without_markers(finding.part.text)))
    else:
        titles = ", ".join(document.title for document in draft.documents)
        draft.paragraphs.append(draft.say("not-found", policies=titles, desk=_desk_text(draft)))
    draft.statuses.append(Status.REFUSED)


_WRITERS = {
    Outcome.FACTS: _write_facts,
    Outcome.CASES: _write_cases,
    Outcome.PASSAGES: _write_passages,
    Outcome.OTHER_TYPES: _write_other_types,
    Outcome.OTHER_POLICY: _write_other_policy,
    Outcome.NOTHING: _write_nothing,
}


def _fact_text(draft: Draft, fact: Fact) -> str:
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


def _lead(draft: Draft, match: Match, part: Part) -> str:
    """Return how a yes/no answer begins, "" where the question is open or the side is not known."""
    entry, form = match.fact.entry, part.form
    if form is Form.OPEN or entry.kind in (Kind.ABSENT, Kind.REDIRECT):
        return ""
    if form is Form.STILL and entry.when:
        is_late = any(pattern.search(fold(part.text)) for pattern in question_words().late)
        return _still_lead(draft, match.fact, "late" if is_late else "still")
    names = {Side.AFFIRMED: "yes", Side.DENIED: "no", Side.DEPENDS: "depends"}
    side = draft.rules.side(match.fact, draft.query, part)
    return draft.say(names[side]) if side in names else ""


def _still_lead(draft: Draft, fact: Fact, asks: str) -> str:
    """Answer "can I still?" (asks is "still") or "am I too late?" ("late") for the day of asking."""
    when, as_of = fact.entry.when, draft.query.question.as_of
    assert when
    state = date_state(when, as_of)
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


def _preface(draft: Draft, fact: Fact, form: Form) -> str:
    """Say that the policy is of an earlier year, or that the date is past."""
    if fact.policy is None:
        return ""
    year, as_of = draft.document(fact.policy).contract_year, draft.query.question.as_of
    if fact.entry.when and date_state(fact.entry.when, as_of).state is State.CLOSED:
        return draft.say("past-date", year=year)
    return draft.say("later-day", year=year) if as_of.year > year else ""


def _state_text(draft: Draft, fact: Fact, form: Form) -> str:
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


def _term_text(draft: Draft, fact: Fact) -> str:
    """Count the term of a fact from a day that the question names."""
    term = fact.entry.term
    if term is None or not draft.query.days:
        return ""
    start = draft.query.days[0].day
    written = write_day(start, draft.lang)
    if term.unit == "week":
        end = write_day(start + timedelta(weeks=term.count), draft.lang)
        return draft.say("term-weeks", start=written, count=term.count, day=end)
    if term.unit == "working-day":
        end = write_day(add_working_days(start, term.count), draft.lang)
        return draft.say("term-working-days", start=written, count=term.count, day=end)
    return draft.say("term-next-month", start=written, day=write_day(_first_of_next_month(start), draft.lang))


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _days(draft: Draft, state: DateState) -> str:
    """Write how many days the last day, or the beginning, is away."""
    count = state.days_left
    if count is None:
        count = (draft.query.question.as_of - state.last_day).days if state.last_day else 0
    return draft.say("one-day") if count == 1 else draft.say("many-days", count=count)


def _case_text(draft: Draft, match: Match, finding: Finding) -> str:
    lead = _lead(draft, match, finding.part)
    return " ".join(
        part
        for part in (lead, _fact_text(draft, match.fact), _state_text(draft, match.fact, finding.part.form))
        if part
    )


def _case_name(draft: Draft, fact: Fact) -> str:
    if fact.policy is None:
        return draft.say("name-ggz")
    document = draft.document(fact.policy)
    names = _type_names(draft, fact)
    return f"{names[0].upper()}{names[1:]} ({document.contract_year})"


def _type_names(draft: Draft, fact: Fact) -> str:
    """Name the provider types of a fact, the whole sector by its own name."""
    sector = draft.document(fact.policy).sector if fact.policy else ""
    if sector and fact.types == TYPES_OF_SECTOR[sector]:
        return draft.say(f"name-{sector}")
    return ", ".join(draft.say(f"name-{kind}") for kind in ProviderType if kind in fact.types)


def _option(draft: Draft, finding: Finding, match: Match) -> Option:
    label = _type_names(draft, match.fact)
    asked = finding.part.text.rstrip(" ?")
    return Option(label, draft.say("as-asked", question=f"{asked}?", type=label))


def _desk_text(draft: Draft) -> str:
    contact = contact_of(DEFAULT_DESK, draft.lang)
    return draft.say("desk", desk=contact.desk, email=contact.email)


def _without_markers(asked: str) -> str:
    return _MARKER.sub("", asked).strip(" ?")
