"""What someone says to have in, every requirement of the policy out: met, missing or not stated, with its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import UsageError
from assistant.rules.inputs import ContradictoryInputError, facts_of
from assistant.rules.model import Fact, Kind
from assistant.scope import ProviderType

_FILE = Path(__file__).parent / "evidence_keys.yaml"


class Standing(StrEnum):
    """How a requirement stands, given what was said."""

    MET = "met"
    MISSING = "missing"
    NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Check:
    """A requirement and how it stands; ``by`` is the key that meets it, ``keys`` are all that would."""

    fact: Fact
    standing: Standing
    by: str | None
    keys: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Checklist:
    """The requirements of one list of the policy; ``source`` is the fact of the list, None for those on no list."""

    source: Fact | None
    checks: tuple[Check, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Proof(_Strict):
    """What meets a requirement: one of the keys. ``note`` is an exception or a condition that a key cannot tell.

    Of a ``paper`` (certificate, registration, membership) one says which one has, so one that is not named is missing;
    how somebody works is not stated until it is named.
    """

    one_of: list[str] = Field(min_length=1)
    paper: bool = False
    note: str | None = None


class EvidenceKeys(_Strict):
    """The words for what one has, the pairs that exclude each other, and the requirements that they meet."""

    keys: dict[str, str]
    excludes: list[tuple[str, str]]
    requirements: dict[str, Proof]


@lru_cache(maxsize=1)
def evidence_keys() -> EvidenceKeys:
    """Read the table of keys."""
    return EvidenceKeys.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def checklists(facts: Iterable[Fact], provider_type: ProviderType, have: frozenset[str]) -> list[Checklist]:
    """Return every list of requirements of a provider type, each requirement once, with how it stands.

    Raises:
        UsageError: a key is not known; the message names all that are.
        ContradictoryInputError: two keys exclude each other.
    """
    _check_keys(have)
    facts = list(facts)
    by_id = {fact.id: fact for fact in facts}
    own = facts_of(facts, provider_type)
    groups: list[Checklist] = []
    seen: set[str] = set()
    for source, items in _lists(own, by_id):
        new = [item for item in items if item.id not in seen]
        seen.update(item.id for item in new)
        if new:
            groups.append(Checklist(source, tuple(_check(item, have) for item in new)))
    return groups


def _lists(own: list[Fact], by_id: dict[str, Fact]) -> Iterator[tuple[Fact | None, list[Fact]]]:
    """Yield the lists that hold only requirements, and last the requirements on no list that a key can meet."""
    listed: set[str] = set()
    for source in own:
        items = [by_id[item] for item in source.entry.items]
        if items and all(item.entry.kind is Kind.REQUIREMENT for item in items):
            listed.update(source.entry.items)
            yield source, items
    known = evidence_keys().requirements
    yield None, [fact for fact in own if fact.id in known and fact.id not in listed]


def _check(fact: Fact, have: frozenset[str]) -> Check:
    proof = evidence_keys().requirements.get(fact.id)
    if proof is None:
        return Check(fact, Standing.NOT_STATED, None, (), None)
    by = next((key for key in proof.one_of if key in have), None)
    lacking = Standing.MISSING if proof.paper and have else Standing.NOT_STATED
    return Check(fact, Standing.MET if by else lacking, by, tuple(proof.one_of), proof.note)


def _check_keys(have: frozenset[str]) -> None:
    known = evidence_keys()
    unknown = sorted(have - known.keys.keys())
    if unknown:
        raise UsageError(f"Onbekend: '{unknown[0]}'. Kies uit: {', '.join(sorted(known.keys))}.")
    for one, other in known.excludes:
        if {one, other} <= have:
            raise ContradictoryInputError(f"'{one}' en '{other}' kunnen niet allebei waar zijn.")
