"""Answers that a visitor keeps and opinions about them in, both out of one SQLite file in the data folder again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AnswerFact, Citation, Composer, Contact, Option, Status
from assistant.errors import AssistantError

_TABLES = """
create table if not exists web_answers (
    id text primary key, created text not null, audience text not null, answer text not null
);
create table if not exists web_votes (
    answer text primary key references web_answers (id), created text not null, is_good integer not null,
    reason text not null
);
"""
_WAIT_SECONDS = 2


class RecordsError(AssistantError):
    """The records cannot be read or written; the cause is in the message."""


class Records:
    """Keeps answers and votes; every call opens the file anew, so that threads and processes can share it."""

    def __init__(self, home: Path) -> None:
        self._path = home / "records.sqlite"

    def keep_answer(self, identifier: str, audience: str, answer: Answer) -> None:
        """Keep an Answer, whose question is masked already; one that is kept stays as it is.

        Raises:
            RecordsError: the file cannot be written.
        """
        row = (identifier, _now(), audience, json.dumps(answer.to_dict(), ensure_ascii=False))
        with self._open() as connection:
            connection.execute("insert or ignore into web_answers values (?, ?, ?, ?)", row)

    def read_answer(self, identifier: str) -> tuple[str, Answer] | None:
        """Return the audience and the Answer with this id, None when there is none.

        Raises:
            RecordsError: the file cannot be read.
        """
        with self._open() as connection:
            row = connection.execute("select audience, answer from web_answers where id = ?", (identifier,)).fetchone()
        try:
            return (row[0], answer_of(json.loads(row[1]))) if row else None
        except (ValueError, KeyError, TypeError) as error:
            raise RecordsError(f"{self._path}: {identifier} is of another version: {error!r}") from error

    def keep_vote(self, identifier: str, is_good: bool, reason: str) -> None:
        """Keep an opinion about an Answer that is kept; a later one takes its place.

        Raises:
            RecordsError: the file cannot be written.
        """
        with self._open() as connection:
            connection.execute(
                "insert or replace into web_votes values (?, ?, ?, ?)", (identifier, _now(), is_good, reason)
            )

    def votes(self) -> list[tuple[str, bool, str]]:
        """Return every opinion: the id of the answer, whether it is good, and the reason.

        Raises:
            RecordsError: the file cannot be read.
        """
        with self._open() as connection:
            rows = connection.execute("select answer, is_good, reason from web_votes order by created").fetchall()
        return [(answer, bool(is_good), reason) for answer, is_good, reason in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as connection, connection:
                connection.executescript(_TABLES)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise RecordsError(f"{self._path}: {error}") from error


def answer_of(raw: dict[str, Any]) -> Answer:
    """Return the Answer of a JSON object that ``Answer.to_dict`` made."""
    return Answer(
        **{
            **raw,
            "status": Status(raw["status"]),
            "composer": Composer(raw["composer"]),
            "facts": tuple(AnswerFact(**{**fact, "markers": tuple(fact["markers"])}) for fact in raw["facts"]),
            "citations": tuple(
                Citation(**{**citation, "heading_path": tuple(citation["heading_path"])})
                for citation in raw["citations"]
            ),
            "options": tuple(Option(**option) for option in raw["options"]),
            "contact": Contact(**raw["contact"]) if raw["contact"] else None,
        }
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
