"""A file of phrasings in, Samples whose fact is known out, with the Problems of the other lines."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from assistant.rules.model import Fact
from eval.lines import Problem, read_lines
from eval.texts import texts
from index.words import fold

SHIPPED = Path(__file__).parent / "phrasings.jsonl"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class ExpectedSide(StrEnum):
    """The side that the fact takes in a yes/no question; NONE where it takes none."""

    YES = "ja"
    NO = "nee"
    DEPENDS = "hangt-af"
    NONE = "none"


class PhrasingEntry(BaseModel):
    """One line: a question to which the fact is the best answer; ``side`` is null for an open question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: Text
    text: Text
    side: ExpectedSide | None

    @property
    def id(self) -> str:
        """Return what tells this line from the others."""
        return f"{self.fact}: {self.text}"


@dataclass(frozen=True)
class Sample:
    """A question with the fact that it should find."""

    fact: Fact
    text: str
    side: ExpectedSide | None = None


@dataclass(frozen=True)
class SampleSet:
    """The usable lines of a file, in order, and what is wrong with the others."""

    file: str
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]


def read_samples(path: Path, facts: list[Fact]) -> SampleSet:
    """Read a file of phrasings; a line that cannot be used becomes a Problem.

    Raises:
        UnreadableFileError: there is no such file.
    """
    known = {fact.id: fact for fact in facts}
    lines = read_lines(path, TypeAdapter(PhrasingEntry))
    samples, problems = [], list(lines.problems)
    for numbered in lines.records:
        entry = numbered.record
        if entry.fact in known:
            samples.append(Sample(known[entry.fact], entry.text, entry.side))
        else:
            message = texts().problem("unknown-fact", fact=entry.fact)
            problems.append(Problem(path.name, numbered.line, "", message))
    return SampleSet(path.name, tuple(samples), tuple(sorted(problems, key=lambda problem: problem.line)))


def text_key(text: str) -> str:
    """Return what equal texts share: capitals, accents, white space and the last full stop make no other text."""
    return " ".join(fold(text).split()).strip(" ?!.")
