from collections.abc import Callable
from pathlib import Path

import pytest

from eval.errors import UnreadableFileError
from eval.folder import RunFolder
from eval.lines import Problem
from eval.rules import Failure, Rule
from eval.score import Score, Scoring


def test_a_scoring_is_read_back_as_it_was_written(make_score: Callable[..., Score], tmp_path: Path) -> None:
    failed = make_score("b", False, failures=(Failure(Rule.LENGTH, "Te lang: “é”."),), evidence_recall=None)
    scoring = Scoring((make_score("a"), failed), (Problem("set.jsonl", 3, "c", "stuk"),))
    RunFolder(tmp_path / "nieuw").write_scoring(scoring)
    assert RunFolder(tmp_path / "nieuw").read_scoring() == scoring


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"scores\.jsonl is niet te lezen"):
        RunFolder(tmp_path).read_scoring()
