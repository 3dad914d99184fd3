from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Option, Status
from eval.cases import Case, CaseEntry, Expect
from eval.quotes import find_quote
from eval.score import Score
from index.documents import Document, read_documents

SIGNING = "Uiterste tekendatum zorgovereenkomst 7 november 2025"


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return read_documents()


@pytest.fixture
def make_case(documents: list[Document]) -> Callable[..., Case]:
    known = {document.id: document for document in documents}

    def make(**changes: object) -> Case:
        values = {
            "id": "tekenen", "question": "Wanneer moet ik tekenen?", "lang": "nl", "category": "deadlines",
            "policies": ["2026-ggz"], "expect": "answer", "must": [["7 november"]],
            "evidence": [{"policy": "2026-ggz", "quote": SIGNING}],
        }  # fmt: skip
        entry = CaseEntry.model_validate({**values, **changes})
        return Case(1, entry, tuple(find_quote(gold.quote, known[gold.policy]) for gold in entry.evidence))

    return make


@pytest.fixture
def make_answer() -> Callable[..., Answer]:
    def make(text: str = "Uiterlijk 7 november 2025 [1].", **changes: Any) -> Answer:
        citation = Citation(1, "2026-ggz", "Zorginkoopbeleid 2026 GGZ", ("5",), 14, SIGNING, 0, 0)
        values: dict[str, Any] = {
            "question": "Wanneer moet ik tekenen?", "lang": "nl", "as_of": "2025-09-20", "id": "tekenen",
            "status": Status.ANSWERED, "citations": (citation,), "elapsed_ms": 12.5,
        }  # fmt: skip
        return Answer(text=text, **{**values, **changes})

    return make


@pytest.fixture
def options() -> tuple[Option, ...]:
    return Option("GGZ", "Wanneer moet ik voor de GGZ tekenen?"), Option("Mondzorg", "En voor de mondzorg?")


@pytest.fixture
def make_score() -> Callable[..., Score]:
    def make(identifier: str = "a", passed: bool = True, **changes: Any) -> Score:
        values: dict[str, Any] = {
            "question": f"Vraag {identifier}?", "category": "deadlines", "hard": False, "expect": Expect.ANSWER,
            "status": Status.ANSWERED, "failures": (), "facts_found": 1, "facts_expected": 1, "quotes": 2,
            "literal_quotes": 2, "wrong_policy": 0, "evidence_recall": 1.0, "elapsed_ms": 10.0,
        }  # fmt: skip
        return Score(id=identifier, passed=passed, **{**values, **changes})

    return make


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, name: str = "set.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write
