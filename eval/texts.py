"""texts.yaml in, the Dutch words of reports, failures and problems out."""

from functools import lru_cache
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "texts.yaml"


class Texts(BaseModel):
    """Every text that is not part of a template; ``$name`` stands for a value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    failures: dict[str, str]
    rules: dict[str, str]
    problems: dict[str, str]
    categories: dict[str, str]
    lookup: dict[str, str]
    statuses: dict[str, str]
    expectations: dict[str, str]
    measures: dict[str, str]
    answers: dict[str, str]

    def failure(self, rule: str, **values: str) -> str:
        """Say why an answer fails a rule; a missing value raises KeyError."""
        return Template(self.failures[rule]).substitute(values)

    def problem(self, kind: str, **values: str) -> str:
        """Say what is wrong with a line; a kind without a text of its own gets the general one."""
        return Template(self.problems.get(kind, self.problems["other"])).substitute(values)


@lru_cache(maxsize=1)
def texts() -> Texts:
    """Return the texts of this package."""
    return Texts.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
