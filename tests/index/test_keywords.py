import numpy as np
import pytest

from index.keywords import KeywordSearch

TEXTS = ["De deadline van de vragenlijst.", "De opslag op het tarief van de zorg.", "Een machtiging voor verblijf."]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        pytest.param("Wat is de deadline?", 0, id="a word as it stands"),
        pytest.param("opslagen", 1, id="a plural"),
        pytest.param("zorgtarief", 1, id="a compound of words that are known"),
        pytest.param("MACHTIGING", 2, id="capitals"),
    ],
)
def test_the_text_that_shares_most_words_scores_best(query: str, best: int) -> None:
    scores = KeywordSearch(TEXTS).scores(query)
    assert int(scores.argmax()) == best
    assert [bool(score > 0) for score in scores] == [number == best for number in range(3)]


@pytest.mark.parametrize("query", ["", "de en van", "fietsenstalling", "?!"])
def test_a_query_that_shares_no_word_scores_nothing(query: str) -> None:
    assert np.array_equal(KeywordSearch(TEXTS).scores(query), [0, 0, 0])


def test_no_text_scores_more_than_the_ceiling() -> None:
    search = KeywordSearch(TEXTS)
    for query in ("deadline vragenlijst", "opslag tarief zorg machtiging", "deadline fietsenstalling"):
        assert float(search.scores(query).max()) <= search.ceiling(query)


def test_a_word_that_is_nowhere_raises_the_ceiling_as_much_as_the_rarest() -> None:
    search = KeywordSearch(TEXTS)
    assert search.ceiling("fietsenstalling") == pytest.approx(np.log(1 + 3.5 / 1.5))
    assert search.ceiling("de en van") == 0


def test_texts_without_a_single_term_can_be_searched() -> None:
    assert np.array_equal(KeywordSearch(["de", "?"]).scores("deadline"), [0, 0])
