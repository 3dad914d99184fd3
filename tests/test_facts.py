import re

import pytest

from assistant.answer import Citation
from assistant.rules.desks import DEFAULT_DESK, check_desks, contact_of
from assistant.rules.loader import load_facts
from assistant.rules.model import Fact
from assistant.verify import figures_of, unproven
from index.documents import Document, find_document

DESKS = ("zorginkoop", "aanvraag", "declaraties", "machtigingen")


@pytest.fixture(scope="module")
def facts(documents: list[Document]) -> list[Fact]:
    return load_facts(documents)


def citations_of(fact: Fact) -> list[Citation]:
    return [
        Citation(number, quote.policy, quote.title, quote.heading_path, quote.page, quote.text, quote.start, quote.end)
        for number, quote in enumerate(fact.quotes, 1)
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_answer_is_proven_by_its_own_quotes(lang: str, facts: list[Fact], documents: list[Document]) -> None:
    titles = [document.title for document in documents]
    problems = {
        fact.id: found
        for fact in facts
        if (
            found := unproven(
                getattr(fact.entry.answer, lang), citations_of(fact), documents, [*figures_of([fact]), *titles]
            )
        )
    }
    assert problems == {}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_quote_is_used_by_its_answer(lang: str, facts: list[Fact]) -> None:
    unused = {
        fact.id: number
        for fact in facts
        for number in range(1, len(fact.quotes) + 1)
        if f"[{number}]" not in getattr(fact.entry.answer, lang)
    }
    assert unused == {}


def test_every_quote_stands_in_the_policy_of_its_fact(facts: list[Fact], documents: list[Document]) -> None:
    for fact in facts:
        for quote in fact.quotes:
            assert fact.policy in (None, quote.policy), fact.id
            text = find_document(documents, quote.policy).text
            assert " ".join(text[quote.start : quote.end].split()) == quote.text, fact.id


def test_every_desk_that_a_fact_names_is_there(facts: list[Fact]) -> None:
    assert {fact.entry.desk for fact in facts if fact.entry.desk} <= set(DESKS)


def test_every_answer_of_a_deadline_holds_its_day(facts: list[Fact]) -> None:
    for fact in facts:
        if fact.entry.when and fact.entry.when.day:
            assert re.search(rf"\b{fact.entry.when.day.day}\b", fact.entry.answer.nl), fact.id
            assert str(fact.entry.when.day.year) in fact.entry.answer.nl, fact.id


@pytest.mark.parametrize("desk", DESKS)
def test_every_address_of_a_desk_stands_in_every_policy(desk: str, documents: list[Document]) -> None:
    contact = contact_of(desk, "nl")
    addresses = [address for address in (contact.email, contact.website, contact.phone) if address]
    assert addresses
    for document in documents:
        assert [address for address in addresses if address not in document.text] == []
    check_desks(documents)


@pytest.mark.parametrize(
    ("desk", "lang", "name", "email"),
    [
        pytest.param(DEFAULT_DESK, "nl", "Caresq, vragen over zorginkoop", "zorginkoop@caresq.nl", id="Caresq"),
        pytest.param("machtigingen", "nl", "Aevitae, machtigingen en toestemming", "mg@aevitae.com", id="Aevitae"),
        pytest.param("machtigingen", "en", "Aevitae, authorisations", "mg@aevitae.com", id="Aevitae in English"),
    ],
)
def test_a_desk_has_a_name_in_both_languages(desk: str, lang: str, name: str, email: str) -> None:
    contact = contact_of(desk, lang)
    assert (contact.desk, contact.email) == (name, email)
