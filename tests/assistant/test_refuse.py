from collections.abc import Callable

import pytest

from assistant.answer import Status
from assistant.refuse import refusal
from assistant.scope import ProviderType
from assistant.understand import Query
from index.documents import Document

AskQuery = Callable[..., Query]


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        pytest.param("", "nl", None, id="nothing"),
        pytest.param("?!", "nl", None, id="no letters"),
        pytest.param("12345", "nl", None, id="only figures"),
        pytest.param("wat " * 1001, "nl", "4004", id="too long"),
        pytest.param(
            "Wann muss ich die Liste abgeben und ist das Pflicht?",
            "nl",
            "Ik beantwoord alleen vragen in het Nederlands en in het Engels. / "
            "I only answer questions in Dutch and in English.",
            id="another language",
        ),
        pytest.param(
            "Wat staat er in het beleid voor 2027?",
            "nl",
            "Het beleid voor 2027 is hier niet bekend. Ik ken alleen: Zorginkoopbeleid 2025 Mondzorg, "
            "Zorginkoopbeleid 2026 GGZ. Vraag het aan Caresq, vragen over zorginkoop: zorginkoop@caresq.nl.",
            id="a later year",
        ),
        pytest.param("What is in the policy for 2030?", "en", "2030", id="a later year, in English"),
        pytest.param("Wat stond er in het ggz beleid 2024?", "nl", "2024", id="an earlier year of a sector"),
        pytest.param("Wat is het mondzorgbeleid voor 2026 voor mondzorg?", "nl", "2026", id="the year of the other"),
        pytest.param("Wat was in 2023 de tekendatum voor psychologen?", "nl", "2023", id="what was in an earlier year"),
        pytest.param("How does a CBT apply for a 2026 dental contract?", "en", "2026", id="a word before the contract"),
    ],
)
def test_what_cannot_be_looked_up_is_refused(
    text: str, lang: str, words: str | None, ask_query: AskQuery, documents: list[Document]
) -> None:
    answer = refusal(ask_query(text), documents)
    assert answer is not None
    assert (answer.status, answer.lang, answer.citations, answer.facts) == (Status.REFUSED, lang, (), ())
    assert answer.contact is not None
    assert answer.contact.email == "zorginkoop@caresq.nl"
    assert answer.text
    assert words is None or words in answer.text


@pytest.mark.parametrize(
    ("text", "provider_type"),
    [
        pytest.param("Wat is de deadline?", None, id="a question"),
        pytest.param("deadline", None, id="one word"),
        pytest.param("Wat staat er in het ggz beleid 2026?", None, id="a year that is known"),
        pytest.param("Wat is de planning voor 2025?", ProviderType.CBT, id="a year that is known of the caller"),
        pytest.param("Is 24 oktober 2027 op tijd?", None, id="a day in a later year"),
        pytest.param("Wat moet ik doen als wij in 2023 een contract hadden?", None, id="an earlier year of the asker"),
        pytest.param("Is het beleid 2027 al bekend nu dat van 2026 er is?", None, id="a known year beside it"),
        pytest.param("wat " * 1000, None, id="just not too long"),
        pytest.param("Deadline für vragenlijst?", None, id="one foreign word"),
    ],
)
def test_what_can_be_looked_up_is_not_refused(
    text: str, provider_type: ProviderType | None, ask_query: AskQuery, documents: list[Document]
) -> None:
    assert refusal(ask_query(text, provider_type=provider_type), documents) is None


def test_personal_data_do_not_come_back_in_a_refusal(ask_query: AskQuery, documents: list[Document]) -> None:
    answer = refusal(ask_query("Patiënt Jan de Vries: wat is het beleid voor 2027?"), documents)
    assert answer is not None
    assert answer.question == "Patiënt [naam]: wat is het beleid voor 2027?"
