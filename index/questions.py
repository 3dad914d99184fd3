"""Passage questions in (what a provider would ask of a passage), keyed to the chunk that answers them."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.chunks import Chunk
from index.errors import ManifestError
from index.extraction import even_out

BUNDLED = Path(__file__).parent / "questions"
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Passage(_Strict):
    quote: str = Field(min_length=12)
    questions: list[str] = Field(min_length=5)


class _QuestionsFile(_Strict):
    policy: str
    passages: list[_Passage]


def read_passage_questions(chunks: list[Chunk], folder: Path = BUNDLED) -> list[tuple[str, str]]:
    """Return (question, id of the chunk that answers it) for every passage question of the folder.

    Raises:
        ManifestError: a file is malformed, or a quote stands in no chunk of its policy.
    """
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.yaml")):
        parsed = _parse(path)
        texts = [(chunk.id, even_out(chunk.text)) for chunk in chunks if chunk.policy == parsed.policy]
        for passage in parsed.passages:
            answering = _chunk_with(even_out(passage.quote), texts)
            if answering is None:
                raise ManifestError(f"{path}: deze zin staat in geen passage van {parsed.policy}: '{passage.quote}'")
            pairs += [(question, answering) for question in passage.questions]
    return pairs


def _chunk_with(quote: str, texts: list[tuple[str, str]]) -> str | None:
    """Return the chunk that holds the quote, or else the one that holds most of its beginning or end."""
    for part in (quote, quote[: len(quote) // 2], quote[len(quote) // 2 :]):
        for identifier, text in texts:
            if part in text:
                return identifier
    return None


def _parse(path: Path) -> _QuestionsFile:
    try:
        return _QuestionsFile.model_validate(yaml.load(path.read_text("utf-8"), Loader=_SAFE_LOADER))  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ManifestError(f"{path}: niet te lezen als YAML: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        raise ManifestError(f"{path}: sleutel {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from error
