"""texts.yaml in, every word that the command line shows out."""

from functools import lru_cache
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "texts.yaml"
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerWords(_Strict):
    """The words around an answer."""

    sources: str
    page: str
    options: str
    contact: str


class Texts(_Strict):
    """Every text; ``argparse`` holds (regular expression, Dutch) for what the library itself says."""

    help: dict[str, str]
    argparse: list[tuple[str, str]]
    messages: dict[str, str]
    progress: dict[str, str]
    answer: dict[str, AnswerWords]


@lru_cache(maxsize=1)
def texts() -> Texts:
    """Return the texts of the command line."""
    return Texts.model_validate(yaml.load(_FILE.read_text("utf-8"), Loader=_SAFE_LOADER))  # noqa: S506


def explain(name: str, **values: str) -> str:
    """Return the help text with this name; a missing value raises KeyError."""
    return Template(texts().help[name]).substitute(values).replace("%", "%%")


def message(name: str, **values: object) -> str:
    """Return the message with this name; a missing value raises KeyError."""
    return Template(texts().messages[name]).substitute({key: str(value) for key, value in values.items()})
