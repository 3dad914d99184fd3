from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.features import NO_WEIGHTS, FeatureWeights

WEIGHTS = st.dictionaries(st.text(max_size=8), st.integers(-64, 64).map(lambda number: number / 8), max_size=30)


@given(WEIGHTS, st.lists(st.text(max_size=8), max_size=10))
def test_the_weights_of_what_is_known_are_added_up(weights: dict[str, float], others: list[str]) -> None:
    held = FeatureWeights.of(weights)
    asked = [*weights, *others]
    assert held.sum(asked) == sum(weights.get(feature, 0.0) for feature in asked)
    assert {feature for feature in asked if feature in held} == {name for name, weight in weights.items() if weight}


def test_what_says_next_to_nothing_is_left_out_unless_it_is_kept() -> None:
    held = FeatureWeights.of({"veel": 1.0, "weinig": 0.01, "blijft": 0.0}, kept=["blijft", "onbekend"])
    assert (len(held), "weinig" in held, "blijft" in held, "onbekend" in held) == (2, False, True, False)


def test_no_weights_know_nothing() -> None:
    assert (len(NO_WEIGHTS), "iets" in NO_WEIGHTS, NO_WEIGHTS.sum(["iets"]), NO_WEIGHTS.sum([])) == (0, False, 0.0, 0.0)
