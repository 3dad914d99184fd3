"""Findings in, a Draft out: the text of the Answer with its facts, citations, options and desk."""

import re
from collections.abc import Callable

from assistant.answer import Composer, Option, Status
from assistant.draft import Draft, case_name, type_names
from assistant.extract import telling_sentences
from assistant.form import Form
from assistant.rules.desks import DEFAULT_DESK, contact_of
from assistant.rules.lookup import FactLookup, Match
from assistant.rules.model import Fact, Kind
from assistant.scope import CHOICES
from assistant.select import Finding, Outcome, is_yes_no
from assistant.understand import Query
from assistant.wording import fact_text, lead_text, preface_text, state_text, term_text
from index.documents import Document

_MARKER = re.compile(r"\[(\d+)\]")
_MAX_CHARACTERS = 1500
_MAX_OPTIONS = 4
_ROOM = 200
_MOST_ABSENT = 2


def compose(query: Query, findings: list[Finding], documents: list[Document], rules: FactLookup) -> Draft:
    """Write the answer to every part, each with its sources."""
    draft = Draft(query, documents, rules)
    for finding in sorted(findings, key=_is_open):
        _WRITERS[finding.outcome](draft, finding)
    if query.is_private:
        draft.paragraphs.append(draft.say("privacy"))
    draft.contact = draft.contact or contact_of(DEFAULT_DESK, draft.lang)
    return draft


def _is_open(finding: Finding) -> bool:
    """Tell whether a part waits for those that are answered with Ja or Nee, so that an answer begins with that."""
    return finding.outcome not in (Outcome.FACTS, Outcome.CASES) or not is_yes_no(finding.part)


def _write_facts(draft: Draft, finding: Finding) -> None:
    first, *others = finding.matches
    form = finding.part.form
    lead = lead_text(draft, first, finding.part)
    if draft.has_told(first.fact):
        if lead and form is Form.YES_NO:
            draft.paragraphs.append(draft.say("as-above", lead=lead.rstrip(".")))
        return
    preface = "" if lead and form is Form.STILL else preface_text(draft, first.fact)
    words = [
        lead,
        preface,
        fact_text(draft, first.fact),
        state_text(draft, first.fact, form),
        term_text(draft, first.fact),
    ]
    words += _twin_texts(draft, finding, first)
    draft.paragraphs.append(" ".join(word for word in words if word))
    draft.statuses.append(_status_of(first.fact))
    if first.fact.entry.desk:
        draft.contact = contact_of(first.fact.entry.desk, draft.lang)
    for match in others:
        fits = len(draft.text) + len(match.fact.entry.answer.nl) < _MAX_CHARACTERS - _ROOM
        if fits and not draft.has_told(match.fact):
            words = [fact_text(draft, match.fact), term_text(draft, match.fact)]
            draft.paragraphs.append(" ".join(word for word in words if word))


def _status_of(fact: Fact) -> Status:
    if fact.entry.is_gap:
        return Status.REFUSED
    return Status.REDIRECT if fact.entry.kind is Kind.REDIRECT else Status.ANSWERED


def _twin_texts(draft: Draft, finding: Finding, match: Match) -> list[str]:
    """Say that the other policy says the same."""
    texts = []
    for twin in finding.same.get(match.fact.id, ()):
        if twin.quotes and twin.policy and twin.policy != match.fact.policy:
            markers = " ".join(draft.mark(quote) for quote in twin.quotes)
            texts.append(draft.say("also-in", title=draft.document(twin.policy).title, marker=markers))
    return texts


def _write_cases(draft: Draft, finding: Finding) -> None:
    matches = finding.matches
    if all(match.fact.entry.is_gap for match in matches):
        draft.paragraphs += [fact_text(draft, match.fact) for match in matches[:_MOST_ABSENT]]
        draft.statuses.append(Status.REFUSED)
        return
    options = _options(draft, finding)
    before = len(draft.citations), len(draft.answer_facts)
    whole = [f"- **{case_name(draft, match.fact)}**: {_case_text(draft, match, finding)}" for match in matches]
    too_long = len("\n".join([draft.text, *whole])) > _MAX_CHARACTERS - 250
    if too_long or len(matches) > _MAX_OPTIONS:
        del draft.citations[before[0] :], draft.answer_facts[before[1] :]
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


def _write_beyond(draft: Draft, finding: Finding) -> None:
    fact = finding.matches[0].fact
    draft.paragraphs += [f"{draft.say('beyond')} {fact_text(draft, fact)}", _desk_text(draft)]
    draft.statuses.append(Status.REFUSED)


def _write_other_types(draft: Draft, finding: Finding) -> None:
    fact = finding.matches[0].fact
    draft.paragraphs.append(f"{draft.say('for-others', types=type_names(draft, fact))} {fact_text(draft, fact)}")
    draft.statuses.append(_status_of(fact))


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


_WRITERS: dict[Outcome, Callable[[Draft, Finding], None]] = {
    Outcome.FACTS: _write_facts,
    Outcome.BEYOND: _write_beyond,
    Outcome.CASES: _write_cases,
    Outcome.PASSAGES: _write_passages,
    Outcome.OTHER_TYPES: _write_other_types,
    Outcome.OTHER_POLICY: _write_other_policy,
    Outcome.NOTHING: _write_nothing,
}


def _case_text(draft: Draft, match: Match, finding: Finding) -> str:
    lead = lead_text(draft, match, finding.part)
    return " ".join(
        part for part in (lead, fact_text(draft, match.fact), state_text(draft, match.fact, finding.part.form)) if part
    )


def _options(draft: Draft, finding: Finding) -> list[Option]:
    """Offer two to four choices: the cases, or else the sectors, or else groups of provider types."""
    facts = [match.fact for match in finding.matches]
    if len(facts) <= _MAX_OPTIONS:
        names = [type_names(draft, fact) for fact in facts]
    elif len({fact.policy for fact in facts}) > 1:
        names = [
            draft.say(f"name-{draft.document(policy).sector}") for policy in sorted({f.policy or "" for f in facts})
        ]
    else:
        concerned = frozenset(kind for fact in facts for kind in fact.types) & draft.query.scope.types
        names = [draft.say(f"name-{name}") for name, types in CHOICES.items() if types & concerned]
    asked = finding.part.text.rstrip(" ?")
    return [Option(name, draft.say("as-asked", question=f"{asked}?", type=name)) for name in names]


def _desk_text(draft: Draft) -> str:
    contact = contact_of(DEFAULT_DESK, draft.lang)
    return draft.say("desk", desk=contact.desk, email=contact.email)


def _without_markers(asked: str) -> str:
    return _MARKER.sub("", asked).strip(" ?")
