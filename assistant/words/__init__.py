"""Word tables (YAML) in, compiled patterns out."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.scope import ProviderType

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Prevails(_Strict):
    """One type that is meant when two are named."""

    type: ProviderType
    over: ProviderType


class Group(_Strict):
    """Words that leave several types possible."""

    types: list[ProviderType]
    patterns: list[re.Pattern[str]]


class Exclusion(_Strict):
    """Words that say that the asker is not of a type; ``sector`` is what they do say."""

    type: ProviderType
    pattern: re.Pattern[str]


class ScopeWords(_Strict):
    """The words by which askers say who they are."""

    types: dict[ProviderType, list[re.Pattern[str]]]
    groups: list[Group]
    prevails: list[Prevails]
    disregard: list[re.Pattern[str]]
    excluded: list[Exclusion]
    sectors: dict[str, list[re.Pattern[str]]]
    professions: dict[str, re.Pattern[str]]
    shared: list[ProviderType]
    spelled: list[str]


class SizeLine(_Strict):
    """The claims burden that divides institutions, with the types below and above it."""

    amount: int
    below: ProviderType
    above: ProviderType


class Expectation(_Strict):
    """A kind of answer that a question wants, by the kinds of fact that give it; ``ends``: a last day."""

    pattern: re.Pattern[str]
    kinds: list[str]
    dated: bool
    ends: bool = False


class QuestionWords(_Strict):
    """The words by which the form, the language and the follow-up of a question are told."""

    yes_no: list[re.Pattern[str]]
    indirect: list[re.Pattern[str]]
    still: list[re.Pattern[str]]
    in_time: list[re.Pattern[str]]
    late: list[re.Pattern[str]]
    denies: list[re.Pattern[str]]
    own_case: list[re.Pattern[str]]
    names_the_day: list[re.Pattern[str]]
    open: list[re.Pattern[str]]
    follow_up: list[re.Pattern[str]]
    split: list[re.Pattern[str]]
    claims: list[re.Pattern[str]]
    today: list[re.Pattern[str]]
    elliptic: list[re.Pattern[str]]
    instructions: list[re.Pattern[str]]
    lead_in: list[re.Pattern[str]]
    same_thing: list[re.Pattern[str]]
    points_back: list[re.Pattern[str]]
    that_day: list[re.Pattern[str]]
    inversion: list[re.Pattern[str]]
    expects: list[Expectation]
    dutch: list[str]
    english: list[str]
    other: list[str]
    contract_year: list[re.Pattern[str]]
    other_year: list[re.Pattern[str]]
    amounts: list[re.Pattern[str]]
    size_words: list[re.Pattern[str]]
    size_line: SizeLine


class SideWords(_Strict):
    """What a yes/no question turns on; ``told`` names the frames that also count around the question.

    ``holdings`` are the words behind which stands what the asker has or lacks.
    """

    frames: dict[str, re.Pattern[str]]
    told: list[str]
    holdings: dict[str, list[str]]


class Want(_Strict):
    """Something that a question can want to know, and how an answer looks that holds it."""

    asked: re.Pattern[str]
    held: re.Pattern[str] | None = None


class StayWords(_Strict):
    """How an authorisation for a day of stay is asked for; group "letter" is that of the day."""

    asked: re.Pattern[str]
    addiction: re.Pattern[str]
    other: re.Pattern[str]
    letter: re.Pattern[str]


class PersonalPattern(_Strict):
    """A pattern whose group "secret" is replaced by the mask."""

    mask: str
    pattern: re.Pattern[str]


class PersonalWords(_Strict):
    """What in a question is about a person."""

    patterns: list[PersonalPattern]
    not_names: list[str]
    context: list[str]


@lru_cache(maxsize=1)
def scope_words() -> ScopeWords:
    """Read the words of scope."""
    return ScopeWords.model_validate(_read("scope.yaml"))


@lru_cache(maxsize=1)
def question_words() -> QuestionWords:
    """Read the words of questions."""
    return QuestionWords.model_validate(_read("questions.yaml"))


@lru_cache(maxsize=1)
def stay_words() -> StayWords:
    """Read the words about days of stay."""
    return StayWords.model_validate(_read("stays.yaml"))


@lru_cache(maxsize=1)
def personal_words() -> PersonalWords:
    """Read the words around personal data."""
    return PersonalWords.model_validate(_read("personal.yaml"))


@lru_cache(maxsize=1)
def side_words() -> SideWords:
    """Read the frames of yes/no questions."""
    return SideWords.model_validate(_read("sides.yaml"))


@lru_cache(maxsize=1)
def wants() -> dict[str, Want]:
    """Read what questions can want to know."""
    return {name: Want.model_validate(want) for name, want in _read("wants.yaml").items()}


def _read(name: str) -> Any:
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
