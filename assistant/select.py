"""What the rules and the search know of one part of a question in, what is to be said about it out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.form import Form
from assistant.parts import Part
from assistant.rules.lookup import FactLookup, Lookup, Match, in_scope
from assistant.rules.model import Fact, Kind
from assistant.understand import Query
from index.search import Passage

CONFIDENT = 0.8
"""From this score on a fact answers; chosen on the question sets, by what is refused wrongly and rightly."""
POSSIBLE = 0.6
"""From this score on a fact answers where a passage that was found says the same."""
_SURE = 1.3
_OUTSIDE_MARGIN = 0.35
_RUNNER_UP_MARGIN = 0.6
_SAME_TEXT = 0.8
_MOST_CASES = 4
_SAYS_SO = (Kind.ABSENT, Kind.UNDEFINED, Kind.REDIRECT)
"""Facts that themselves say what the policies leave open."""


class Outcome(StrEnum):
    """What is said about a part."""

    FACTS = "facts"
    BEYOND = "beyond"
    CASES = "cases"
    PASSAGES = "passages"
    OTHER_TYPES = "other_types"
    OTHER_POLICY = "other_policy"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """What is said about one part: the facts in order (one a case for CASES), or passages.

    ``same`` maps the id of a fact to facts of the other policy that say the same.
    """

    part: Part
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    passages: tuple[Passage, ...] = ()
    same: dict[str, tuple[Fact, ...]] = field(default_factory=dict)


def is_confident(lookup: Lookup) -> bool:
    """Tell whether the rules alone can decide; otherwise the passages have to be searched."""
    return bool(lookup.matches) and lookup.matches[0].score >= CONFIDENT


def narrow(query: Query, findings: list[Finding]) -> Query:
    """Keep to one policy where that alone speaks of one of several things asked, and the asker named no sector.

    Who asks for two things asks as one provider: what both policies say is then told of that one.
    """
    if len(findings) < 2 or query.sectors:
        return query
    telling = [finding for finding in findings if finding.outcome is Outcome.FACTS and not finding.same]
    policies = frozenset(policy for finding in telling if (policy := finding.matches[0].fact.policy))
    if len(policies) != 1:
        return query
    return replace(query, scope=replace(query.scope, policies=policies))


def told_topics(findings: list[Finding]) -> Iterator[str]:
    """Yield the topics of the facts that the earlier parts are answered with."""
    for finding in findings:
        yield from (match.fact.entry.topic for match in finding.matches)


def select(query: Query, lookup: Lookup, rules: FactLookup, passages: list[Passage]) -> Finding:
    """Decide what is said about a part: the facts that fit, each case of them, passages, or nothing."""
    part, matches, outside = lookup.part, lookup.matches, lookup.outside
    best = matches[0] if matches else None
    if outside and query.sectors and outside.score >= CONFIDENT and _beats(outside, best):
        outcome = Outcome.OTHER_TYPES if outside.fact.policy in query.scope.policies else Outcome.OTHER_POLICY
        return Finding(part, outcome, (outside,))
    if best is None or best.score < POSSIBLE or (best.score < CONFIDENT and not _is_backed(best.fact, passages)):
        telling = tuple(passage for passage in passages[:1] if passage.is_telling)
        return Finding(part, Outcome.PASSAGES if telling else Outcome.NOTHING, passages=telling)
    cases, same = _cases(best, query, rules)
    if best.fact.entry.kind not in _SAYS_SO and rules.goes_beyond(best.fact, query, part):
        return Finding(part, Outcome.BEYOND, tuple(cases[:1]))
    if len(cases) > 1:
        return Finding(part, Outcome.CASES, tuple(cases), same=same)
    return Finding(part, Outcome.FACTS, (cases[0], *_runner_up(cases[0], matches)), same=same)


def _beats(outside: Match, best: Match | None) -> bool:
    return best is None or (
        best.score < _SURE
        and outside.score > best.score + _OUTSIDE_MARGIN
        and outside.fact.entry.topic != best.fact.entry.topic
    )


def _is_backed(fact: Fact, passages: list[Passage]) -> bool:
    return any(
        quote.policy == passage.chunk.policy and quote.start < passage.chunk.end and passage.chunk.start < quote.end
        for quote in fact.quotes
        for passage in passages
    )


def _cases(best: Match, query: Query, rules: FactLookup) -> tuple[list[Match], dict[str, tuple[Fact, ...]]]:
    """Return the facts that answer the same question for the askers that are still possible.

    Facts with the same text are one case. What a policy does not say is left out beside one that does.
    """
    facts = [fact for fact in rules.facts if fact.entry.topic == best.fact.entry.topic and in_scope(fact, query.scope)]
    silent = (Kind.ABSENT, Kind.UNDEFINED)
    speaking = [fact for fact in facts if fact.entry.kind not in silent]
    if speaking and (best.fact.entry.kind not in silent or not query.is_scoped):
        facts = speaking
    kept: list[Fact] = []
    same: dict[str, tuple[Fact, ...]] = {}
    for fact in sorted(facts, key=lambda fact: fact.policy or "", reverse=True):
        twin = next((known for known in kept if _say_the_same(known, fact)), None)
        if twin:
            same[twin.id] = (*same.get(twin.id, ()), fact)
        else:
            kept.append(fact)
    return [Match(fact, best.score) for fact in kept], same


def _say_the_same(one: Fact, other: Fact) -> bool:
    if one.entry.kind is not other.entry.kind or one.entry.items or other.entry.items:
        return False
    if one.entry.value and one.entry.value == other.entry.value:
        return True
    return SequenceMatcher(None, one.entry.answer.nl, other.entry.answer.nl, autojunk=False).ratio() > _SAME_TEXT


def _runner_up(best: Match, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Return a second fact of the same policy that fits nearly as well and speaks of something else."""
    for match in matches[1:]:
        if match.score < best.score - _RUNNER_UP_MARGIN:
            break
        silent = {match.fact.entry.kind, best.fact.entry.kind} & {Kind.ABSENT, Kind.REDIRECT, Kind.LIST}
        if match.fact.entry.topic != best.fact.entry.topic and match.fact.policy == best.fact.policy and not silent:
            return (match,)
    return ()


def is_yes_no(part: Part) -> bool:
    """Tell whether an answer to this part begins with Ja, Nee or that it depends."""
    return part.form is not Form.OPEN
