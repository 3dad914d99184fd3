from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from eval.errors import UnreadableFileError, UnwritableFileError
from eval.lines import Numbered, Problem, read_items, read_lines, write_file


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Thing:
    id: str
    size: int


ADAPTER = TypeAdapter(Thing)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("{", ("", "geen geldige JSON (EOF while parsing an object at line 1 column 1)"), id="not JSON"),
        pytest.param('{"id": "b"}', ("b", "de sleutel 'size' ontbreekt"), id="a key too few"),
        pytest.param('{"id": "b", "size": 1, "x": 1}', ("b", "de sleutel 'x' is onbekend"), id="a key too many"),
        pytest.param(
            '{"id": "a", "size": 1}', ("a", "dit staat ook op regel 1; deze regel telt niet mee"), id="an id twice"
        ),
    ],
)
def test_a_line_that_is_wrong_is_named_and_the_rest_is_read(
    write_lines: Callable[..., Path], line: str, problem: tuple[str, str]
) -> None:
    path = write_lines('{"id": "a", "size": 1}', line, "", '{"id": "c", "size": 3}')
    lines = read_lines(path, ADAPTER)
    assert lines.records == (Numbered(1, Thing("a", 1)), Numbered(4, Thing("c", 3)))
    assert lines.problems == (Problem("set.jsonl", 2, *problem),)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "size": 1}\r\n{"id": "\xff", "size": 1}\n')
    lines = read_lines(path, ADAPTER)
    assert [numbered.line for numbered in lines.records] == [1]
    assert [(problem.line, problem.id) for problem in lines.problems] == [(2, "")]


def test_a_file_of_our_own_is_read_whole_or_not_at_all(write_lines: Callable[..., Path]) -> None:
    path = write_lines('{"id": "a", "size": 1}', "{}")
    with pytest.raises(UnreadableFileError, match=r"set\.jsonl, regel 2: de sleutel 'id' ontbreekt"):
        read_items(path, ADAPTER)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"geen\.jsonl is niet te lezen"):
        read_lines(tmp_path / "geen.jsonl", ADAPTER)


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("")
    with pytest.raises(UnwritableFileError, match="kan niet worden geschreven"):
        write_file(tmp_path / "map" / "a.txt", b"")
