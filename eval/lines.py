"""A JSON Lines file in, checked records and named Problems out; one broken line never hides the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.errors import UnreadableFileError, UnwritableFileError
from eval.texts import texts


class Identified(Protocol):
    """A record that a line holds."""

    @property
    def id(self) -> str | None:
        """Return the name by which questions, answers and scores are joined."""


Record = TypeVar("Record", bound=Identified)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line of a file; ``id`` is "" where it could not be read, ``line`` counts from 1."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    file: str
    line: int
    id: str
    message: str


@dataclass(frozen=True)
class Numbered(Generic[Record]):
    """A record and the line that it stands on."""

    line: int
    record: Record


@dataclass(frozen=True)
class Lines(Generic[Record]):
    """What a file holds: the usable records in order, and what is wrong with the rest."""

    records: tuple[Numbered[Record], ...]
    problems: tuple[Problem, ...]


def read_lines(path: Path, adapter: TypeAdapter[Record]) -> Lines[Record]:
    """Read a JSON Lines file; blank lines are skipped, of two records with one id the first counts.

    Raises:
        UnreadableFileError: there is no such file, or it cannot be opened.
    """
    records: list[Numbered[Record]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, line in _numbered(path):
        try:
            record = adapter.validate_json(line)
        except ValidationError as error:
            problems.append(Problem(path.name, number, _id_of(line), problem_text(error)))
            continue
        identifier = record.id or ""
        if identifier in seen:
            message = texts().problem("duplicate", line=str(seen[identifier]))
            problems.append(Problem(path.name, number, identifier, message))
            continue
        seen[identifier] = number
        records.append(Numbered(number, record))
    return Lines(tuple(records), tuple(problems))


def read_items(path: Path, adapter: TypeAdapter[Item]) -> list[Item]:
    """Read a JSON Lines file that this package wrote itself, whole or not at all.

    Raises:
        UnreadableFileError: a line is not what was written; the message names file and line.
    """
    items: list[Item] = []
    for number, line in _numbered(path):
        try:
            items.append(adapter.validate_json(line))
        except ValidationError as error:
            raise UnreadableFileError(
                f"{path}, regel {number}: {problem_text(error)}. Maak het bestand opnieuw met: inkoopwijzer eval score"
            ) from error
    return items


def write_items(path: Path, items: Iterable[Item], adapter: TypeAdapter[Item]) -> None:
    """Write one JSON object a line.

    Raises:
        UnwritableFileError: the file cannot be written.
    """
    write_file(path, b"".join(adapter.dump_json(item) + b"\n" for item in items))


def write_file(path: Path, content: bytes) -> None:
    """Write a file, making the folder that it stands in.

    Raises:
        UnwritableFileError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableFileError(
            f"{path} kan niet worden geschreven: {error.strerror}. Kies een andere map."
        ) from error


def read_file(path: Path) -> bytes:
    """Read a file.

    Raises:
        UnreadableFileError: there is no such file, or it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path} is niet te lezen: {error.strerror}. Controleer de naam van het bestand."
        ) from error


def problem_text(error: ValidationError) -> str:
    """Say in Dutch what the first problem is, and of which key."""
    problem = error.errors()[0]
    key = ".".join(map(str, problem["loc"]))
    detail = str(problem.get("ctx", {}).get("error", problem["msg"]))
    return texts().problem(problem["type"], key=key, detail=detail)


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    content = read_file(path).removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield number, line


@dataclass(frozen=True)
class _OnlyId:
    id: str


def _id_of(line: bytes) -> str:
    try:
        return TypeAdapter(_OnlyId).validate_json(line).id
    except ValidationError:
        return ""
