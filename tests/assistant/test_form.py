import pytest

from assistant.form import Form, form_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wat is de deadline?", Form.OPEN, id="what"),
        pytest.param("Wanneer moet ik tekenen?", Form.OPEN, id="when"),
        pytest.param("Moet ik een keurmerk hebben?", Form.YES_NO, id="a verb first"),
        pytest.param("Ik ben psychiater, moet ik tekenen?", Form.YES_NO, id="a verb behind a comma"),
        pytest.param("Kan ik nog tekenen?", Form.STILL, id="still"),
        pytest.param("KRTP of BIG?", Form.OPEN, id="a choice"),
        pytest.param("Verplicht of niet?", Form.YES_NO, id="or not"),
        pytest.param("Ben ik te laat?", Form.STILL, id="too late"),
        pytest.param("Can I still sign?", Form.STILL, id="still, in English"),
        pytest.param("Do I need a certificate?", Form.YES_NO, id="a verb first, in English"),
        pytest.param("Bepalen de verzekeraars ook wie een contract krijgt?", Form.YES_NO, id="any verb first"),
        pytest.param("Verblijf drie weken, machtiging nodig ja/nee", Form.YES_NO, id="yes or no asked for"),
        pytest.param("Met de huisarts afspreken, hoe gaat dat?", Form.OPEN, id="a preposition first"),
        pytest.param("Kunt u mij vertellen wat de deadline is?", Form.OPEN, id="a polite request"),
        pytest.param("Kunt u mij vertellen of ik een keurmerk nodig heb?", Form.YES_NO, id="a polite yes/no question"),
        pytest.param("Can you tell me if I need a certificate?", Form.YES_NO, id="a polite one, in English"),
        pytest.param("Kun je opzoeken wat de tekendatum is?", Form.OPEN, id="a request to look up"),
        pytest.param("En de aandachtspunten, noem er eens vier?", Form.OPEN, id="a request for a list"),
        pytest.param("Waarvan is de vragenlijst afgeleid?", Form.OPEN, id="of what"),
        pytest.param("Ik heb alles ingevuld, en nu?", Form.OPEN, id="what comes next"),
        pytest.param("deadline vragenlijst", Form.OPEN, id="keywords"),
        pytest.param("Ben psycholoog, hoe lang wacht ik op antwoord?", Form.OPEN, id="who asks, without its ik"),
        pytest.param("Ben psycholoog, moet ik tekenen?", Form.YES_NO, id="who asks, then a verb"),
    ],
)
def test_the_form_of_a_question_is_told(text: str, expected: Form) -> None:
    assert form_of(text) is expected
