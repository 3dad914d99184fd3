import pytest

from assistant.flow import Assistant
from assistant.rules.phrasings import Side
from assistant.rules.stays import side_of_stay
from assistant.scope import TYPES_OF_SECTOR, ProviderType

ADDICTION, FROM_C, A_AND_B, EXEMPT = (
    "2026-ggz.authorisation.verslaving",
    "2026-ggz.authorisation.overige-vanaf-c",
    "2026-ggz.authorisation.overige-a-en-b-niet",
    "2026-ggz.authorisation.verslaving-geintegreerd",
)
INTEGRATED = frozenset({ProviderType.GEINTEGREERD})
OTHERS = TYPES_OF_SECTOR["ggz"] - INTEGRATED


@pytest.mark.parametrize(
    ("fact", "types", "told", "asked", "side"),
    [
        pytest.param(
            ADDICTION, OTHERS, "Alcoholverslaving, dag A.", "Machtiging nodig?", Side.AFFIRMED, id="addiction"
        ),
        pytest.param(FROM_C, OTHERS, "Depressie, verblijfsdag C.", "Machtiging nodig?", Side.AFFIRMED, id="other, C"),
        pytest.param(A_AND_B, OTHERS, "Depressie, verblijfsdag B.", "Machtiging nodig?", Side.DENIED, id="other, B"),
        pytest.param(EXEMPT, INTEGRATED, "Verslaving.", "Moet er een machtiging komen?", Side.DENIED, id="integrated"),
        pytest.param(FROM_C, OTHERS, "", "Is een machtiging nodig?", None, id="nothing said"),
        pytest.param(ADDICTION, OTHERS, "Verslaving.", "Kan het zonder machtiging?", None, id="the other way round"),
        pytest.param(ADDICTION, OTHERS, "Verslaving.", "Waar vraag ik de machtiging aan?", None, id="another question"),
        pytest.param(
            "2026-ggz.deadline.vragenlijst", OTHERS, "Verslaving.", "Machtiging nodig?", None, id="another fact"
        ),
    ],
)
def test_what_is_said_of_the_stay_decides(
    assistant: Assistant, fact: str, types: frozenset[ProviderType], told: str, asked: str, side: Side | None
) -> None:
    assert side_of_stay(assistant.rules.fact(fact), assistant.rules.facts, types, asked, told) == side


def test_the_decision_is_that_of_those_for_whom_the_fact_holds(assistant: Assistant) -> None:
    for identifier, side in ((ADDICTION, Side.AFFIRMED), (EXEMPT, Side.DENIED)):
        fact, everybody = assistant.rules.fact(identifier), TYPES_OF_SECTOR["ggz"]
        assert side_of_stay(fact, assistant.rules.facts, everybody, "Machtiging nodig?", "Verslaving.") is side
