import pytest

from assistant.answer import Status
from eval.cases import Expect
from eval.rules import Rule
from eval.texts import texts


def test_every_rule_status_and_expectation_has_its_dutch_words() -> None:
    assert set(texts().failures) == set(texts().rules) == set(Rule)
    assert set(Status) <= set(texts().statuses)
    assert set(texts().expectations) == set(Expect)


def test_a_missing_value_raises() -> None:
    with pytest.raises(KeyError, match="count"):
        texts().failure("options", limit="2")


def test_a_problem_without_a_text_of_its_own_gets_the_general_one() -> None:
    assert texts().problem("int_parsing", key="size", detail="no number") == "sleutel size klopt niet (no number)"
