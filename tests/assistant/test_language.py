import pytest

from assistant.language import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wat is de deadline voor de vragenlijst?", "nl", id="Dutch"),
        pytest.param("What is the deadline for the vragenlijst?", "en", id="English with a Dutch term"),
        pytest.param("vragenlijst deadline", "nl", id="keywords"),
        pytest.param("Wann muss ich die Liste abgeben und ist das Pflicht?", "other", id="German"),
        pytest.param("Quand est-ce que je dois signer le contrat pour les soins?", "other", id="French"),
        pytest.param("Когда нужно подписать договор?", "other", id="another script"),
        pytest.param("契約はいつですか", "other", id="characters"),
        pytest.param("12345", "nl", id="no letters"),
        pytest.param("", "nl", id="nothing"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, expected: str) -> None:
    assert detect_language(text) == expected
