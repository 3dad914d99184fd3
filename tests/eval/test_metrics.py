from collections.abc import Callable

import pytest

from assistant.answer import Status
from eval.cases import Expect
from eval.metrics import Share, measure, percentile, summarise
from eval.score import Score

MakeScore = Callable[..., Score]


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        pytest.param(Share(171, 200), 0.7996, 0.8972, id="171 of 200"),
        pytest.param(Share(10, 10), 0.7225, 1.0, id="all"),
        pytest.param(Share(0, 10), 0.0, 0.2775, id="none"),
        pytest.param(Share(0, 0), 0.0, 1.0, id="out of nothing"),
    ],
)
def test_the_wilson_interval(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=0.0001)


def test_a_run_is_added_up(make_score: MakeScore) -> None:
    metrics = measure(
        [
            make_score("a", elapsed_ms=10.0),
            make_score("b", False, status=Status.REFUSED, evidence_recall=0.0, literal_quotes=1, elapsed_ms=30.0),
            make_score("c", expect=Expect.REFUSE, status=Status.REDIRECT, evidence_recall=None, elapsed_ms=20.0),
            make_score("d", False, expect=Expect.REFUSE, evidence_recall=None, wrong_policy=2, elapsed_ms=None),
            make_score("e", expect=Expect.CLARIFY, status=Status.CLARIFY, facts_found=0, facts_expected=0, quotes=0,
                       literal_quotes=0, evidence_recall=None, elapsed_ms=40.0),
        ]
    )  # fmt: skip
    assert metrics.passed == Share(3, 5)
    assert metrics.facts == Share(4, 4)
    assert metrics.refusal_recall == Share(1, 2)
    assert metrics.false_refusals == Share(1, 2)
    assert metrics.clarified == Share(1, 5)
    assert metrics.literal_quotes == Share(7, 8)
    assert metrics.wrong_policy == Share(2, 8)
    assert (metrics.evidence_recall, metrics.median_ms, metrics.p95_ms) == (0.5, 25.0, 40.0)


def test_nothing_is_not_zero() -> None:
    metrics = measure([])
    assert (metrics.passed.value, metrics.evidence_recall, metrics.median_ms, metrics.p95_ms) == (None,) * 4


def test_categories_and_hard_cases_have_totals_of_their_own(make_score: MakeScore) -> None:
    summary = summarise([make_score("a", category="themes", hard=True), make_score("b", False, category="changes")])
    assert [(name, metrics.passed) for name, metrics in summary.categories] == [
        ("changes", Share(0, 1)),
        ("themes", Share(1, 1)),
    ]
    assert summary.hard is not None
    assert summary.hard.passed == Share(1, 1)
    assert summarise([make_score()]).hard is None


def test_the_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([float(number) for number in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0
