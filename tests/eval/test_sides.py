import pytest

from eval.sides import Side, side_at_start, side_of


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("Ja, dat kan.", Side.YES, id="ja"),
        pytest.param("**Nee.** Dat kan niet.", Side.NO, id="nee in bold"),
        pytest.param("Dit is het beleid voor 2026. Nee, dat kan niet meer.", Side.NO, id="behind a notice"),
        pytest.param("No, that is not needed.", Side.NO, id="English no"),
        pytest.param("Vrijgevestigden: ja. Psychiaters: nee.", Side.YES, id="the first side counts"),
        pytest.param("Nee / No, Caresq does not.", Side.NO, id="both languages"),
        pytest.param("Dat hangt af van uw type.", None, id="neither"),
        pytest.param("No later than 1 September.", None, id="no later than"),
        pytest.param("You can in no case apply.", None, id="no inside a sentence"),
        pytest.param("Of het ja of nee is, hangt af van uw type.", None, id="ja of nee"),
        pytest.param("x" * 250 + " Ja", None, id="too late"),
        pytest.param("Januari is te laat.", None, id="a longer word"),
    ],
)
def test_a_text_takes_a_side(text: str, side: Side | None) -> None:
    assert side_of(text) is side


@pytest.mark.parametrize(
    ("gold", "side"),
    [
        pytest.param("Ja, tot 1 september.", Side.YES, id="ja"),
        pytest.param("Nee, dat was 24 oktober.", Side.NO, id="nee"),
        pytest.param("Neem contact op.", None, id="neem"),
        pytest.param("Tot 1 september. Ja, echt.", None, id="not at the beginning"),
        pytest.param("No later than 1 September.", None, id="no later than"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_model_answer_takes_a_side_in_its_first_word(gold: str, side: Side | None) -> None:
    assert side_at_start(gold) is side
