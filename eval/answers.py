"""An answers file in, Answers by the id of their question out; and the other way round."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from assistant.answer import Answer
from eval.lines import Problem, read_lines, write_file
from eval.texts import texts


@dataclass(frozen=True)
class _AnswerLine(Answer):
    """An Answer as it is read: nothing more and nothing else than the contract."""

    __pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class AnswerSet:
    """The readable answers of a run in order, and what is wrong with the others."""

    file: str
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]

    def by_id(self) -> dict[str, Answer]:
        """Return the answers by the id of their question."""
        return {answer.id: answer for answer in self.answers if answer.id}

    def orphans(self, ids: Iterable[str]) -> list[Problem]:
        """Return a Problem for every answer whose question is not among these ids."""
        known = set(ids)
        return [
            Problem(self.file, 0, answer.id, texts().problem("answer-without-case"))
            for answer in self.answers
            if answer.id and answer.id not in known
        ]


def read_answers(path: Path) -> AnswerSet:
    """Read answers, whatever system wrote them.

    Raises:
        UnreadableFileError: there is no such file.
    """
    lines = read_lines(path, TypeAdapter(_AnswerLine))
    nameless = [
        Problem(path.name, numbered.line, "", texts().problem("answer-without-id"))
        for numbered in lines.records
        if not numbered.record.id
    ]
    answers = tuple(numbered.record for numbered in lines.records)
    return AnswerSet(path.name, answers, (*lines.problems, *nameless))


def write_answers(path: Path, answers: Iterable[Answer]) -> None:
    """Write one Answer a line.

    Raises:
        UnwritableFileError: the file cannot be written.
    """
    write_file(path, "".join(json.dumps(answer.to_dict(), ensure_ascii=False) + "\n" for answer in answers).encode())
