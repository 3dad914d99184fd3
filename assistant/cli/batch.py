"""A JSON Lines file of questions in, a file with the Answers out: in order, one for every line."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assistant.answer import Answer, Status
from assistant.cli.ask import wired
from assistant.cli.screen import ProgressBar, clean, warn
from assistant.cli.texts import message
from assistant.days import parse_day
from assistant.errors import AssistantError, UsageError
from assistant.question import Question
from assistant.scope import ProviderType

if TYPE_CHECKING:
    from assistant.flow import Assistant

_STANDARD = "-"
_log = logging.getLogger(__name__)
_Text = Annotated[str, BeforeValidator(lambda value: clean(value) if isinstance(value, str) else value)]


class QuestionLine(BaseModel):
    """What a line asks; every other key is for others, such as the scorer, and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    question: _Text
    id: _Text | None = None
    as_of: str | None = None
    history: tuple[_Text, ...] | None = None
    policy: str | None = None
    provider_type: ProviderType | None = None


@dataclass(frozen=True)
class UnreadableLine:
    """A line that asks nothing that can be read: its id, or else its number, and why."""

    id: str
    reason: str


class OutputError(AssistantError):
    """The answers cannot be written."""


def answer_file(source: str, target: str, defaults: Question) -> int:
    """Answer every line; ``defaults`` holds the day, policy and provider type of the lines that name none.

    Returns 1 when an answer has status error.

    Raises:
        UsageError: the questions cannot be read.
        OutputError: the answers cannot be written.
    """
    lines = _read(source)
    if _STANDARD not in (source, target) and Path(source).resolve() == Path(target).resolve():
        raise UsageError(message("same-file", file=source))
    assistant = wired()
    failed = 0
    with _opened(target) as output, ProgressBar("ask") as progress:
        for number, line in enumerate(lines, 1):
            answer = _answer_line(assistant, number, line, defaults)
            failed += answer.status is Status.ERROR
            output.write(json.dumps(answer.to_dict(), ensure_ascii=False) + "\n")
            progress(number, len(lines))
    if failed:
        warn(message("lines-failed", count=failed, total=len(lines)))
    return int(failed > 0)


def parse_line(number: int, line: bytes, defaults: Question) -> Question | UnreadableLine:
    """Read one line; ``number`` counts from 1."""
    identifier = f"line-{number}"
    try:
        raw = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return UnreadableLine(identifier, message("not-utf8"))
    except (ValueError, RecursionError):
        return UnreadableLine(identifier, message("not-json"))
    if not isinstance(raw, dict):
        return UnreadableLine(identifier, message("not-json"))
    named = raw.get("id")
    identifier = clean(named) if isinstance(named, str) and named else identifier
    try:
        return _question(QuestionLine.model_validate(raw), defaults)
    except UsageError as error:
        return UnreadableLine(identifier, str(error).rstrip("."))
    except ValidationError as error:
        problem = error.errors()[0]
        kind = "no-such-key" if problem["type"] == "missing" else "wrong-key"
        return UnreadableLine(identifier, message(kind, key=problem["loc"][0]))


def _question(line: QuestionLine, defaults: Question) -> Question:
    return Question(
        text=line.question,
        as_of=parse_day(line.as_of) if line.as_of else defaults.as_of,
        id=line.id,
        provider_type=line.provider_type or defaults.provider_type,
        policy=line.policy or defaults.policy,
        history=line.history or (),
    )


def _answer_line(assistant: "Assistant", number: int, line: bytes, defaults: Question) -> Answer:
    from assistant.flow import failure

    question = parse_line(number, line, defaults)
    if isinstance(question, UnreadableLine):
        text = message("line", line=number, reason=question.reason)
        warn(text)
        return replace(failure(replace(defaults, text="", id=question.id)), text=text)
    try:
        return assistant.answer(question)
    except UsageError as error:
        text = message("line", line=number, reason=str(error).rstrip("."))
        warn(text)
        return replace(failure(question), text=text)
    except Exception:  # one broken question must not end a run of hundreds
        _log.exception("line %s is not answered", number)
        return failure(question)


def _read(source: str) -> list[bytes]:
    """Return the lines of a file; empty ones at its end are none."""
    try:
        content = sys.stdin.buffer.read() if source == _STANDARD else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(message("unreadable-file", file=source, reason=error.strerror)) from error
    return content.rstrip().split(b"\n") if content.strip() else []


@contextmanager
def _opened(target: str) -> Iterator[TextIO]:
    if target == _STANDARD:
        yield sys.stdout
        return
    try:
        with Path(target).open("w", encoding="utf-8", newline="\n", buffering=1) as file:
            yield file
    except OSError as error:
        raise OutputError(message("unwritable-file", file=target, reason=error.strerror)) from error
