import pytest

from eval.errors import PatternTimeoutError
from eval.patterns import checked, fold_pattern, occurs


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("geintegreerd", "Voor geïntegreerde aanbieders", id="plain pattern, accent in the text"),
        pytest.param("geïntegreerd", "voor geintegreerde aanbieders", id="accent in the pattern, plain text"),
        pytest.param("één week", "e\u0301e\u0301n week", id="decomposed accents in the text"),
        pytest.param("NIP", "het nip-certificaat", id="case"),
        pytest.param(r"\bé+n\b", "en een", id="a quantifier behind an accent"),
        pytest.param("[éë]en", "een", id="accents in a class"),
        pytest.param(r"ge[^\]é]ntegreerd", "geïntegreerd", id="an escaped bracket in a class"),
        pytest.param("€ ?200.000", "€ 200.000", id="a space that does not break"),
        pytest.param(r"\S+@caresq\.nl", "mail zorginkoop@caresq.nl", id="an escape in upper case keeps its meaning"),
        pytest.param("½ jaar", "½ jaar", id="a character that folds to several"),
        pytest.param("[z-é]", "é", id="a range that only holds as written"),
    ],
)
def test_a_pattern_occurs(pattern: str, text: str) -> None:
    assert occurs(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(r"\b7 nov", "17 november", id="a word border"),
        pytest.param(r"1\.2", "1x2", id="an escaped point"),
        pytest.param("a…b", "axyzb", id="an ellipsis folds to points, not to any three characters"),
    ],
)
def test_a_pattern_does_not_occur(pattern: str, text: str) -> None:
    assert not occurs(pattern, text)


def test_folding_a_pattern_leaves_escapes_and_operators_alone() -> None:
    assert fold_pattern(r"(één|\u00e9)\s*ﬁ?[à-ü]{2}") == r"(een|\u00e9)\s*(?:fi)?[a-u]{2}"


def test_a_pattern_that_backtracks_for_ever_is_given_up() -> None:
    with pytest.raises(PatternTimeoutError, match=r"\(a\|aa\)"):
        occurs(r"(a|aa)+$", "a" * 60 + "b", seconds=0.1)


@pytest.mark.parametrize("pattern", ["(", "[a", "*a"])
def test_what_is_not_a_regular_expression_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is geen geldige reguliere expressie"):
        checked(pattern)


def test_nested_long_repeats_are_refused_before_they_are_compiled() -> None:
    with pytest.raises(ValueError, match="herhaalt te vaak"):
        checked("(?:(?:a{1000}){1000}){1000}")


def test_short_repeats_may_stand_next_to_each_other() -> None:
    pattern = "|".join([r"\d{4}-\d{2}-\d{2}"] * 10)
    assert checked(pattern) == pattern
