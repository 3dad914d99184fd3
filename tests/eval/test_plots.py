from collections.abc import Callable

from eval.metrics import summarise
from eval.plots import bar_plot, histogram
from eval.score import Score


def test_a_bar_is_as_long_as_its_share_and_the_interval_lies_around_its_end(make_score: Callable[..., Score]) -> None:
    (bar,) = bar_plot(summarise([make_score("a"), make_score("b", False)])).bars
    assert (bar.name, bar.left, bar.right) == ("deadlines", 170, 385.0)
    assert bar.low < bar.right < bar.high <= 600


def test_every_answer_falls_in_one_column() -> None:
    columns = histogram([0.0, 9.9, 10.0, 4999.0, 5000.0, 100_000.0]).columns
    counts = [(column.start, column.end, column.count) for column in columns if column.count]
    assert counts == [(0, 10, 2), (10, 20, 1), (2000, 5000, 1), (5000, None, 2)]
    assert max(column.height for column in columns) == 160


def test_a_histogram_of_nothing_is_empty() -> None:
    assert {column.height for column in histogram([]).columns} == {0.0}
