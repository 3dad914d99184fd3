from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from index.chunks import Chunk, split_chunks
from index.documents import Document
from index.errors import ManifestError
from index.questions import read_passage_questions

FIVE = ["Vraag een?", "Vraag twee?", "Vraag drie?", "Vraag vier?", "Vraag vijf?"]
WriteQuestions = Callable[..., Path]


@pytest.fixture
def chunks(small_documents: list[Document]) -> list[Chunk]:
    return [chunk for document in small_documents for chunk in split_chunks(document)]


@pytest.fixture
def write_questions(tmp_path: Path) -> WriteQuestions:
    """Return a function that writes a folder with the questions of one passage."""

    def write(policy: str = "2030-ggz", **passage: object) -> Path:
        folder = tmp_path / "questions"
        folder.mkdir()
        (folder / "ggz.yaml").write_text(yaml.safe_dump({"policy": policy, "passages": [passage]}), encoding="utf-8")
        return folder

    return write


def test_a_question_leads_to_the_chunk_that_holds_its_quote(
    chunks: list[Chunk], write_questions: WriteQuestions
) -> None:
    folder = write_questions(quote="staat half  september klaar", questions=FIVE)
    assert read_passage_questions(chunks, folder) == [(question, chunks[1].id) for question in FIVE]


def test_a_quote_over_two_chunks_leads_to_the_one_that_holds_its_beginning(
    chunks: list[Chunk], write_questions: WriteQuestions
) -> None:
    folder = write_questions(quote="met terugwerkende kracht. De vragenlijst staat", questions=FIVE)
    assert {chunk for _, chunk in read_passage_questions(chunks, folder)} == {chunks[0].id}


@pytest.mark.parametrize(
    ("policy", "passage", "problem"),
    [
        pytest.param(
            "2030-ggz",
            {"quote": "Dit staat nergens in het beleid", "questions": FIVE},
            "deze zin staat in geen passage van 2030-ggz: 'Dit staat nergens in het beleid'",
            id="a quote that is nowhere",
        ),
        pytest.param(
            "2029-mondzorg",
            {"quote": "met terugwerkende kracht", "questions": FIVE},
            "deze zin staat in geen passage van 2029-mondzorg: 'met terugwerkende kracht'",
            id="a quote of the other policy",
        ),
        pytest.param(
            "2030-ggz",
            {"quote": "terugwerkende kracht", "questions": FIVE[:4]},
            "sleutel passages.0.questions: List should have at least 5 items after validation, not 4",
            id="too few questions",
        ),
        pytest.param(
            "2030-ggz",
            {"quote": "kort", "questions": FIVE},
            "sleutel passages.0.quote: String should have at least 12 characters",
            id="a quote that is too short",
        ),
        pytest.param(
            "2030-ggz",
            {"quote": "terugwerkende kracht", "questions": FIVE, "page": 3},
            "sleutel passages.0.page: Extra inputs are not permitted",
            id="an unknown key",
        ),
    ],
)
def test_a_wrong_passage_is_named(
    policy: str, passage: dict[str, object], problem: str, chunks: list[Chunk], write_questions: WriteQuestions
) -> None:
    folder = write_questions(policy, **passage)
    with pytest.raises(ManifestError) as caught:
        read_passage_questions(chunks, folder)
    assert str(caught.value) == f"{folder / 'ggz.yaml'}: {problem}"


@pytest.mark.parametrize("content", [b"policy: [", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ggz.yaml").write_bytes(content)
    with pytest.raises(ManifestError, match=r"ggz\.yaml: niet te lezen als YAML: "):
        read_passage_questions([], tmp_path)


def test_a_folder_without_questions_gives_none(chunks: list[Chunk], tmp_path: Path) -> None:
    assert read_passage_questions(chunks, tmp_path) == []


def test_every_passage_of_the_policies_has_questions_that_lead_to_it(documents: list[Document]) -> None:
    chunks = [chunk for document in documents for chunk in split_chunks(document)]
    pairs = read_passage_questions(chunks)
    assert {chunk for _, chunk in pairs} <= {chunk.id for chunk in chunks}
    assert len({chunk for _, chunk in pairs}) / len(chunks) > 0.9
    assert all(question.strip() == question and question for question, _ in pairs)
