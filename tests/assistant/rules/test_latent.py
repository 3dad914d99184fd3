import numpy as np
import pytest

from assistant.rules.latent import NO_WORDS, terms_of
from assistant.rules.learn import learn_words

TEXTS = [
    "wanneer moet ik tekenen",
    "wanneer moet ik de vragenlijst invullen",
    "hoe hoog is de opslag",
    "hoe hoog is het tarief",
    "waar stuur ik de vragenlijst heen",
    "waar stuur ik het contract heen",
]


def test_the_terms_of_a_text_are_its_stems_and_their_pairs() -> None:
    assert terms_of("Moet ik tekenen?") == ["moet", "ik", "teken", "moet ik", "ik teken"]


def test_texts_with_the_same_words_lie_nearer_than_others() -> None:
    words = learn_words(TEXTS * 3)
    asked = words.project("wanneer moet het getekend zijn")
    near = [float(asked @ words.project(text)) for text in TEXTS]
    assert int(np.argmax(near)) in (0, 1)
    assert np.linalg.norm(asked) == pytest.approx(1.0, abs=1e-5)


def test_a_text_without_a_known_word_lies_nowhere() -> None:
    assert not learn_words(TEXTS * 3).project("zzz qqq").any()
    assert NO_WORDS.project("wanneer").shape == (0,)
