import pytest
from jinja2 import UndefinedError

from eval.metrics import Share
from eval.render import category_name, interval, milliseconds, percentage, render


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(percentage(0.8549), "85,5 %", id="percentage"),
        pytest.param(percentage(None), "–", id="no percentage"),
        pytest.param(interval(Share(171, 200)), "80,0–89,7 %", id="interval"),
        pytest.param(milliseconds(12.34), "12,3 ms", id="short time"),
        pytest.param(milliseconds(1234.5), "1234 ms", id="long time"),
        pytest.param(milliseconds(None), "–", id="no time"),
        pytest.param(category_name("themes"), "thema’s", id="category"),
        pytest.param(category_name("nieuw"), "nieuw", id="category without a Dutch name"),
    ],
)
def test_figures_are_written_as_in_dutch(written: str, expected: str) -> None:
    assert written == expected


def test_a_variable_that_is_missing_raises() -> None:
    with pytest.raises(UndefinedError):
        render("gate.txt", problems=[])
