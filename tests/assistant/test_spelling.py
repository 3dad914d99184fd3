import re

import pytest

from assistant.spelling import spelled_right
from index.documents import Document
from index.words import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ik ben psygoloog", "ik ben psycholoog", id="a wrong letter"),
        pytest.param("als vrijgevestgd psycholgen", "als vrijgevestigd psychologen", id="a letter left out"),
        pytest.param("wij zijn tandprotetici", "wij zijn tandprothetici", id="as it sounds"),
        pytest.param(
            "geinteresseerd in integreerde zelfstandigheid, bevestigd zonder uitstellen",
            None,
            id="words that look alike",
        ),
        pytest.param("een psychologist, dentist of psychiatric ward", None, id="English"),
        pytest.param("wat is de deadline van de vragenlijst", None, id="other words"),
    ],
)
def test_the_words_that_name_an_asker_are_spelled_right(text: str, expected: str | None) -> None:
    assert spelled_right(text) == (expected or text)


def test_no_word_of_the_policies_is_taken_for_another(documents: list[Document]) -> None:
    words = {word for document in documents for word in re.findall(r"[a-z]{7,}", fold(document.text))}
    assert not {word: spelled_right(word) for word in words if spelled_right(word) != word}
