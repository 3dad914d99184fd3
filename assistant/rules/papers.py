"""A question about one's papers (certificates, registrations, memberships) in, Ja or Nee out where they decide it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.amounts import NUMBERS
from assistant.rules.checklist import Proof, evidence_keys
from assistant.rules.model import Fact
from assistant.rules.phrasings import Side
from assistant.scope import ProviderType
from assistant.words import side_words
from index.words import fold

_FILE = Path(__file__).parent / "papers.yaml"
_ENOUGH = ("enough", "entitled", "allowed", "only", "lacking")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Membership(_Strict):
    """How long somebody is a member, and the keys below the line and from it on."""

    pattern: re.Pattern[str]
    line: int
    below: str
    above: str


class Goal(_Strict):
    """What papers are to be enough for, for whom, and the requirements that must all be met."""

    asked: re.Pattern[str]
    provider_types: frozenset[ProviderType]
    all_of: list[str]


class PaperWords(_Strict):
    """The words by which papers are named, had and lacked."""

    membership: Membership
    disregard: list[re.Pattern[str]]
    papers: dict[str, re.Pattern[str]]
    lacks: re.Pattern[str]
    lacked: re.Pattern[str]
    had: re.Pattern[str]
    besides: re.Pattern[str]
    hindered: re.Pattern[str]
    turns: re.Pattern[str]
    goals: list[Goal]


@dataclass(frozen=True)
class Holdings:
    """The keys of the papers that an asker says to have, and of those that the asker says to lack."""

    has: frozenset[str]
    lacks: frozenset[str]


@lru_cache(maxsize=1)
def paper_words() -> PaperWords:
    """Read the table of papers."""
    return PaperWords.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def side_of_papers(fact: Fact, types: frozenset[ProviderType], asked: str, told: str) -> Side | None:
    """Decide whether what the asker has is enough; None where the question does not say that, or asks something else.

    ``types`` are the provider types that the asker can be; ``asked`` is the clause that asks, ``told`` what is around.
    """
    asked, told = fold(asked), fold(told)
    frames = side_words().frames
    held = read_holdings(f"{told}. {asked}")
    proofs = list(_proofs(fact, types, f"{told} {asked}"))
    if not proofs or not held.has | held.lacks or not _speaks_of_papers(fact):
        return None
    obliged, enough = frames["obliged"].search(asked), frames["enough"].search(asked)
    if obliged and not (enough and enough.start() < obliged.start()):
        besides = paper_words().besides.search(asked)
        had = read_holdings(f"{told}. {besides.group('had') if besides else ''}").has
        return Side.DENIED if had and _meets(had, proofs) else None
    is_hindered = bool(paper_words().hindered.search(asked))
    if not is_hindered and not any(frames[name].search(asked) for name in _ENOUGH):
        return None
    return Side.AFFIRMED if _meets(held.has, proofs) is not is_hindered else Side.DENIED


def _speaks_of_papers(fact: Fact) -> bool:
    return any(pattern.search(fold(fact.entry.answer.nl)) for pattern in paper_words().papers.values())


def _meets(has: frozenset[str], proofs: list[Proof]) -> bool:
    return all(has & set(proof.one_of) for proof in proofs)


def read_holdings(folded: str) -> Holdings:
    """Return what a folded text says that its asker has and lacks."""
    table = paper_words()
    has: set[str] = set()
    lacks: set[str] = set()
    for match in table.membership.pattern.finditer(folded):
        has.add(_membership(match, table.membership))
    text = table.membership.pattern.sub(lambda match: " " * len(match.group()), folded)
    for pattern in table.disregard:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    for key, pattern in table.papers.items():
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            is_lacked = table.lacked.search(after) or (_is_lacked(before) and not table.had.search(after))
            (lacks if is_lacked else has).add(key)
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return Holdings(frozenset(has - lacks), frozenset(lacks))


def _is_lacked(before: str) -> bool:
    """Tell whether the last word of having or lacking before a paper is one of lacking."""
    table = paper_words()
    last = max((match.end() for match in table.lacks.finditer(before)), default=-1)
    turned = max((match.start() for match in table.turns.finditer(before)), default=-1)
    return last > turned


def _membership(match: re.Match[str], words: Membership) -> str:
    if match.group("new"):
        return words.below
    count = match.group("years") or match.group("after")
    years = NUMBERS.get(count) or float(count)
    return words.below if years < words.line else words.above


def _proofs(fact: Fact, types: frozenset[ProviderType], folded: str) -> Iterator[Proof]:
    """Yield what must be met: for the goal that the question names, or else for the requirement itself."""
    requirements = evidence_keys().requirements
    for goal in paper_words().goals:
        if types <= goal.provider_types and goal.asked.search(folded):
            yield from (requirements[identifier] for identifier in goal.all_of)
            return
    if fact.id in requirements and requirements[fact.id].paper:
        yield requirements[fact.id]
