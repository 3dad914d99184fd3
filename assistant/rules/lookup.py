"""A Query in, the facts that answer each of its parts out, in the scope of the asker."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.days import find_days
from assistant.form import Form
from assistant.rules.matcher import FactMatcher, Scores
from assistant.rules.model import Fact, Kind
from assistant.rules.papers import side_of_papers
from assistant.rules.phrasings import Side
from assistant.rules.sides import NOTHING_LEARNED, SideModel
from assistant.rules.stays import side_of_stay
from assistant.scope import Scope
from assistant.understand import Part, Query
from assistant.words import question_words
from index.embeddings import Embedder
from index.vectors import Vectors
from index.words import fold

_WANTED_BONUS = 0.15
_IN_TIME_BONUS = 0.8
_TERM_BONUS = 0.15
_CUE_BONUS = 0.8
_NAMED_BONUS = 2.0
_RULED_OUT = 2.0
_GENERAL_MALUS = 0.1
_TOLD_MALUS = 0.8
_ENDING_BONUS = 0.2
_MOMENT_MALUS = 0.4
_OWN_CASE_BONUS = 3.0


@dataclass(frozen=True)
class Match:
    """A fact that fits; ``score`` orders facts."""

    fact: Fact
    score: float


@dataclass(frozen=True)
class Lookup:
    """What the rules know of one part: matches within the scope, best first, and the best one outside it."""

    part: Part
    matches: tuple[Match, ...]
    outside: Match | None


class FactLookup:
    """Finds facts by the phrasings people use, the words that speak for or against them and the answer wanted."""

    def __init__(
        self, facts: list[Fact], matcher: FactMatcher, embeddings: Embedder, sides: SideModel = NOTHING_LEARNED
    ) -> None:
        self.facts = facts
        self._sides = sides
        self._matcher = matcher
        self._embeddings = embeddings
        self._by_id = {fact.id: fact for fact in facts}

    def find(self, query: Query, part: Part, told: frozenset[str] = frozenset(), count: int = 8) -> Lookup:
        """Rank the facts for a part of a question; a second question does not mean a topic that is told already."""
        possible = np.array([in_scope(fact, query.scope) for fact in self.facts])
        scores = self._scores(part, query, possible)
        scores -= _TOLD_MALUS * np.array([fact.entry.topic in told for fact in self.facts])
        order = [int(number) for number in np.argsort(-scores, kind="stable")]
        inside = [number for number in order if possible[number]][:count]
        outside = next((number for number in order if not possible[number]), None)
        return Lookup(
            part,
            tuple(Match(self.facts[number], float(scores[number])) for number in inside),
            None if outside is None else Match(self.facts[outside], float(scores[outside])),
        )

    def fact(self, identifier: str) -> Fact:
        """Return the fact with this id."""
        return self._by_id[identifier]

    def side(self, fact: Fact, query: Query, part: Part) -> Side | None:
        """Return the side that a fact takes in a yes/no question, None where it takes none."""
        asked = fact.entry.asked
        if not (asked.affirmed or asked.denied):
            return Side.DEPENDS if asked.depends else None
        decided = (
            side_of_day(fact, part.clause, query.question.as_of)
            or side_of_number(fact, fold(query.text))
            or side_of_papers(fact, query.scope.types, part.clause, part.told)
            or side_of_stay(fact, self.facts, query.scope.types, part.clause, part.told)
        )
        if decided:
            return decided
        texts = [(text, self._vector(text)) for text in part.texts]
        nearest = self._matcher.nearest_side(self.facts.index(fact), texts)
        if nearest is Side.DEPENDS or not self._sides.knows(fact):
            return nearest
        return Side.AFFIRMED if self._sides.odds(fact, part.clause, part.told) >= 0 else Side.DENIED

    def _scores(self, part: Part, query: Query, possible: NDArray[np.bool_]) -> Scores:
        fits = [self._matcher.fit(text, self._vector(text), possible) for text in part.texts]
        best: Scores = np.max(fits, axis=0)
        return best + self._bonuses(part, fold(f"{query.text} {part.texts[0]}"), bool(query.days))

    def _bonuses(self, part: Part, folded: str, has_day: bool) -> Scores:
        """Return what speaks for each fact beside its phrasings; a fact that is ruled out falls behind all others."""
        wanted = [expected for expected in question_words().expects if expected.pattern.search(fold(part.text))]
        kinds = {kind for expected in wanted for kind in expected.kinds}
        dated = part.form is Form.STILL or any(expected.dated for expected in wanted)
        in_time = any(pattern.search(fold(part.text)) for pattern in question_words().in_time)
        ends = in_time or part.form is Form.STILL or any(expected.ends for expected in wanted)
        is_own_case = any(pattern.search(folded) for pattern in question_words().own_case)
        bonuses = np.zeros(len(self.facts), dtype=np.float32)
        for number, fact in enumerate(self.facts):
            entry = fact.entry
            if entry.kind in kinds or (dated and (entry.when or entry.term)):
                bonuses[number] += _WANTED_BONUS
            if dated and entry.when:
                bonuses[number] += _WANTED_BONUS
            if in_time and entry.when:
                bonuses[number] += _IN_TIME_BONUS
            if ends and entry.when and entry.when.bound in ("until", "before"):
                bonuses[number] += _ENDING_BONUS
            if part.form is Form.STILL and entry.when and entry.when.bound == "moment":
                bonuses[number] -= _MOMENT_MALUS
            if is_own_case and entry.kind is Kind.REDIRECT:
                bonuses[number] += _OWN_CASE_BONUS
            if has_day and entry.term:
                bonuses[number] += _TERM_BONUS
            if fact.policy is None and entry.kind is Kind.ABSENT:
                bonuses[number] -= _GENERAL_MALUS
            if entry.cues and entry.cues.favours and entry.cues.favours.search(folded):
                bonuses[number] += _CUE_BONUS if fact.policy else _NAMED_BONUS
            if entry.cues and entry.cues.rules_out and entry.cues.rules_out.search(folded):
                bonuses[number] -= _RULED_OUT
        return bonuses

    def _vector(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), dtype=np.float32)


def side_of_day(fact: Fact, clause: str, as_of: date) -> Side | None:
    """Decide a yes/no question by the day that its clause names; None where it names none, or the fact has none."""
    when, named = fact.entry.when, find_days(clause, as_of)
    if when is None or when.day is None or len(named) != 1:
        return None
    day = named[0].day if named[0].has_year else _nearest_year(named[0].day, when.day)
    if when.bound == "moment" or any(pattern.search(fold(clause)) for pattern in question_words().names_the_day):
        holds = day == when.day
    else:
        holds = {"until": day <= when.day, "before": day < when.day, "from": day >= when.day}[when.bound]
    return Side.AFFIRMED if holds else Side.DENIED


def _nearest_year(day: date, other: date) -> date:
    """Return the day in the year in which it lies nearest to another; 29 February stays in its own."""
    if (day.month, day.day) == (2, 29):
        return day
    return min((day.replace(year=other.year + shift) for shift in (-1, 0, 1)), key=lambda near: abs(near - other))


def side_of_number(fact: Fact, folded: str) -> Side | None:
    """Decide a yes/no question by the number that it names, where the fact draws a line; None where it names none."""
    line = fact.entry.threshold
    if line is None:
        return None
    unit = line.unit.pattern
    named = re.search(rf"(\d+(?:[.,]\d+)?)\s*{unit}|{unit}\D{{0,25}}(\d+(?:[.,]\d+)?)", folded)
    if not named:
        return None
    number = float((named.group(1) or named.group(2)).replace(",", "."))
    holds = {
        "above": number > line.number,
        "at-least": number >= line.number,
        "below": number < line.number,
        "at-most": number <= line.number,
    }[line.holds]
    return Side.AFFIRMED if holds else Side.DENIED


def in_scope(fact: Fact, scope: Scope) -> bool:
    """Tell whether a fact can hold for the asker."""
    return (fact.policy is None or fact.policy in scope.policies) and bool(fact.types & scope.types)
