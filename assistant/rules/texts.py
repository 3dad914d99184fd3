"""texts.yaml in, the Dutch words of the rules commands out."""

from functools import lru_cache
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "texts.yaml"


class RulesTexts(BaseModel):
    """Every text of the rules commands; ``$name`` stands for a value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    check: dict[str, str]
    problems: dict[str, str]
    deadlines: dict[str, str]
    states: dict[str, str]
    calendar: dict[str, str]
    checklist: dict[str, str]


@lru_cache(maxsize=1)
def rules_texts() -> RulesTexts:
    """Return the texts of the rules commands."""
    return RulesTexts.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def fill(text: str, /, **values: object) -> str:
    """Fill the values of a text in; a missing value raises KeyError."""
    return Template(text).substitute(values)
