import pytest

from assistant.spelling import spelled_right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ik ben psygoloog", "ik ben psycholoog", id="a wrong letter"),
        pytest.param("als vrijgevestgd psycholgen", "als vrijgevestigd psychologen", id="a letter left out"),
        pytest.param("wij zijn tandprotetici", "wij zijn tandprothetici", id="as it sounds"),
        pytest.param("geinteresseerd in integreerde zelfstandigheid", None, id="words that look alike"),
        pytest.param("de psychologist of de psychiatrist", None, id="English"),
        pytest.param("wat is de deadline van de vragenlijst", None, id="other words"),
    ],
)
def test_the_words_that_name_an_asker_are_spelled_right(text: str, expected: str | None) -> None:
    assert spelled_right(text) == (expected or text)
