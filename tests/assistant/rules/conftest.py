import pytest

from assistant.rules.loader import load_facts
from assistant.rules.model import Fact
from index.documents import Document, read_documents


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return read_documents()


@pytest.fixture(scope="session")
def facts(documents: list[Document]) -> list[Fact]:
    return load_facts(documents)


@pytest.fixture(scope="session")
def by_id(facts: list[Fact]) -> dict[str, Fact]:
    return {fact.id: fact for fact in facts}
