from collections.abc import Callable
from pathlib import Path

import pytest

from eval.baseline import Baseline, Count, judge, make_baseline, read_baseline, write_baseline
from eval.errors import BaselineError, UnreadableFileError
from eval.report import gate_table
from eval.score import Score

MakeScore = Callable[..., Score]


def test_a_baseline_is_read_back_as_it_was_written(make_score: MakeScore, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = make_baseline([make_score("b"), make_score("a"), make_score("c", False, category="themes")])
    write_baseline(path, baseline)
    assert read_baseline(path) == baseline
    assert baseline == Baseline(
        total=Count(cases=3, passed=2),
        categories={"deadlines": Count(cases=2, passed=2), "themes": Count(cases=1, passed=0)},
        passed=("a", "b"),
    )


def test_a_run_that_is_as_good_holds(make_score: MakeScore) -> None:
    baseline = make_baseline([make_score("a"), make_score("b", False)])
    assert judge([make_score("a"), make_score("b", False)], baseline).holds


def test_a_case_that_fails_since_does_not_hold_even_when_the_total_is_higher(make_score: MakeScore) -> None:
    baseline = make_baseline([make_score("a"), make_score("b", False), make_score("c", False)])
    verdict = judge([make_score("a", False), make_score("b"), make_score("c")], baseline)
    assert ([score.id for score in verdict.failing], verdict.total_fell, verdict.holds) == (["a"], False, False)


def test_a_case_that_is_not_scored_any_more_does_not_hold(make_score: MakeScore) -> None:
    verdict = judge([make_score("b")], make_baseline([make_score("a"), make_score("b")]))
    assert (verdict.missing, verdict.total_fell, verdict.holds) == (("a",), True, False)
    assert gate_table(verdict, []) == (
        "Niet in orde: 1 vragen goed, in de nulmeting 2.\n\nGoed in de nulmeting, nu niet beoordeeld: a\n"
    )


def test_a_malformed_baseline_names_the_key(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"total": {"cases": 1, "passed": 1}, "categories": {}}')
    with pytest.raises(BaselineError, match=r"baseline\.json klopt niet: de sleutel 'passed' ontbreekt"):
        read_baseline(path)


def test_no_baseline_is_not_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_baseline(tmp_path / "baseline.json")
