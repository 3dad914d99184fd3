from collections.abc import Callable

import pytest

from assistant.rules.bonuses import read_signs
from assistant.understand import Query


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        pytest.param("Kunnen jullie even kijken naar mijn declaratie?", True, id="a request to look"),
        pytest.param("Kun je nakijken waar mijn aanvraag blijft?", True, id="where an own application is"),
        pytest.param("Kunt u nakijken of ik een certificaat nodig heb?", False, id="a general question put politely"),
        pytest.param("Kun je opzoeken wat de tekendatum is?", False, id="a date to look up"),
        pytest.param("Wij vroegen om toestemming. Is daarop al beslist?", True, id="whether it is decided"),
        pytest.param(
            "Ik heb op mijn aanvraag niks gehoord. Is die nou goedgekeurd?", True, id="whether it is approved"
        ),
        pytest.param("Has my request been decided on yet?", True, id="in English"),
        pytest.param("Mijn machtiging ligt bij u. Wie weet hoe het daarmee staat?", True, id="how it is with that"),
        pytest.param("My claim was only partly paid. Can you correct it?", True, id="a claim, in English"),
        pytest.param("Can you check the invoice we sent?", True, id="an invoice, in English"),
        pytest.param("Can you check whether a payment term is in the policy?", False, id="a general one, in English"),
        pytest.param("Wordt een aanvraag door Caresq beoordeeld?", False, id="how it is done"),
    ],
)
def test_a_case_of_the_askers_own_is_told_from_a_general_question(
    text: str, is_own: bool, ask_query: Callable[..., Query]
) -> None:
    query = ask_query(text)
    assert read_signs(query, query.parts[-1]).is_own_case is is_own
