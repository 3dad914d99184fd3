"""A Case and its Answer in, every reason why the answer does not pass out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict

from assistant.answer import Answer, Status
from eval.cases import Case, Expect
from eval.patterns import occurs
from eval.sides import LIMIT, side_at_start, side_of
from eval.texts import texts

MAX_CHARACTERS = 1500
MIN_OPTIONS = 2
_GIVES_AN_ANSWER = frozenset({Status.ANSWERED, Status.PARTIAL})
_ACCEPTED = {
    Expect.ANSWER: _GIVES_AN_ANSWER,
    Expect.REFUSE: frozenset({Status.REFUSED, Status.REDIRECT}),
    Expect.REDIRECT: _GIVES_AN_ANSWER | {Status.REDIRECT, Status.REFUSED},
    Expect.CLARIFY: frozenset({Status.CLARIFY}),
}


class Rule(StrEnum):
    """What an answer can fail."""

    NO_ANSWER = "no-answer"
    STATUS = "status"
    CITATION = "citation"
    MUST = "must"
    MUST_NOT = "must-not"
    SIDE = "side"
    LENGTH = "length"
    OPTIONS = "options"


@dataclass(frozen=True)
class Failure:
    """A rule that an answer fails, and the explanation in Dutch."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    rule: Rule
    message: str


def no_answer() -> Failure:
    """Return the failure of a case without an answer."""
    return _failure(Rule.NO_ANSWER)


def find_failures(case: Case, answer: Answer, missing: list[str], valid_citations: int) -> Iterator[Failure]:
    """Yield every rule that the answer fails, most telling first; ``missing`` is what ``missing_facts`` returned.

    Raises:
        PatternTimeoutError: a pattern of the case does not come to an end.
    """
    yield from _status(case, answer)
    if case.entry.expect is Expect.ANSWER and valid_citations == 0:
        yield _failure(Rule.CITATION)
    for pattern in missing:
        yield _failure(Rule.MUST, pattern=pattern)
    for pattern in case.entry.must_not:
        if occurs(pattern, answer.text):
            yield _failure(Rule.MUST_NOT, pattern=pattern)
    yield from _side(case, answer)
    if len(answer.text) > MAX_CHARACTERS:
        yield _failure(Rule.LENGTH, length=str(len(answer.text)), limit=str(MAX_CHARACTERS))


def missing_facts(case: Case, answer: Answer) -> list[str]:
    """Return the alternatives, joined by " | ", of every expected fact that the text does not hold.

    Raises:
        PatternTimeoutError: a pattern of the case does not come to an end.
    """
    if not expects_facts(case, answer):
        return []
    return [
        " | ".join(alternatives)
        for alternatives in case.entry.must
        if not any(occurs(pattern, answer.text) for pattern in alternatives)
    ]


def expects_facts(case: Case, answer: Answer) -> bool:
    """Tell whether the text must hold the expected facts: always, but for a question that is rightly asked back."""
    return not (case.entry.expect is Expect.CLARIFY and answer.status is Status.CLARIFY)


def _status(case: Case, answer: Answer) -> Iterator[Failure]:
    accepted = _ACCEPTED[case.entry.expect]
    if case.entry.expect is Expect.CLARIFY and case.entry.clarify_ok:
        accepted = accepted | _GIVES_AN_ANSWER
    if answer.status not in accepted:
        expected = texts().expectations[case.entry.expect]
        yield _failure(Rule.STATUS, status=texts().statuses[answer.status], expected=expected)
    elif answer.status is Status.CLARIFY and len(answer.options) < MIN_OPTIONS:
        yield _failure(Rule.OPTIONS, limit=str(MIN_OPTIONS), count=str(len(answer.options)))


def _side(case: Case, answer: Answer) -> Iterator[Failure]:
    """Hold an answer to the side of the model answer; who refuses or asks back takes none."""
    if answer.status not in _GIVES_AN_ANSWER:
        return
    side = side_at_start(case.entry.gold or "")
    found = side_of(answer.text)
    if side and found is not side:
        words = texts().answers
        yield _failure(Rule.SIDE, limit=str(LIMIT), side=words[side], found=words[found or "none"])


def _failure(rule: Rule, **values: str) -> Failure:
    return Failure(rule, texts().failure(rule, **values))
