import sqlite3
from datetime import date
from pathlib import Path

import pytest

from assistant.flow import Assistant
from assistant.question import Question
from assistant.web.records import Records, RecordsError


def test_an_answer_comes_back_as_it_was(assistant: Assistant, tmp_path: Path) -> None:
    answer = assistant.answer(Question("Hoe vraag ik een zorgovereenkomst aan?", date(2025, 9, 20)))
    records = Records(tmp_path / "nieuw")
    records.keep_answer("a", "cbt", answer)
    assert records.read_answer("a") == ("cbt", answer)
    assert records.read_answer("b") is None


def test_what_is_kept_stays_as_it_is(assistant: Assistant, tmp_path: Path) -> None:
    records = Records(tmp_path)
    first, second = (assistant.answer(Question(text, date(2025, 9, 20))) for text in ("Tekenen?", "Opslag?"))
    records.keep_answer("a", "", first)
    records.keep_answer("a", "", second)
    assert records.read_answer("a") == ("", first)


def test_a_file_that_is_no_database_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"geen database" * 100)
    with pytest.raises(RecordsError, match=r"records\.sqlite"):
        Records(tmp_path).read_answer("a")


def test_an_answer_of_another_version_is_an_error_of_its_own(tmp_path: Path) -> None:
    records = Records(tmp_path)
    assert records.read_answer("a") is None
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        connection.execute("insert into web_answers values ('a', '', '', '{}')")
    connection.close()
    with pytest.raises(RecordsError, match="another version"):
        records.read_answer("a")
