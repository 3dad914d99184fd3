"""Every text written for a user or a model, as files: a name and variables in, the finished text out."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent
_FENCE = "---\n"


class PromptError(Exception):
    """A text does not exist, or gets other variables than it names; the message says which."""


@dataclass(frozen=True)
class Text:
    """A text file: what it is for, the variables that it names, and the template itself."""

    name: str
    purpose: str
    variables: frozenset[str]
    template: Template


def text(name: str, lang: str, **variables: object) -> str:
    """Return the text ``lang/name.md`` with its variables filled in.

    Raises:
        PromptError: there is no such text, or the variables are not exactly those that it names.
    """
    return fill(read(f"{lang}/{name}.md"), **variables)


def fill(source: Text, **variables: object) -> str:
    """Fill the variables of a text.

    Raises:
        PromptError: the variables are not exactly those that it names.
    """
    if variables.keys() != source.variables:
        wrong = sorted(variables.keys() ^ source.variables)
        raise PromptError(f"Text {source.name}: variable {', '.join(wrong)} is missing or unknown.")
    return source.template.substitute(variables)


@lru_cache(maxsize=256)
def read(path: str) -> Text:
    """Read a text file with its front matter.

    Raises:
        PromptError: there is no such file, or its front matter is malformed or does not name the variables used.
    """
    try:
        raw = (_FOLDER / path).read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"There is no text {path}.") from error
    if raw.count(_FENCE) < 2 or not raw.startswith(_FENCE):
        raise PromptError(f"Text {path} has no front matter.")
    _, front, body = raw.split(_FENCE, 2)
    keys = dict(line.split(":", 1) for line in front.splitlines() if ":" in line)
    if keys.keys() != {"purpose", "variables"}:
        raise PromptError(f"Text {path} needs 'purpose' and 'variables' in its front matter, and nothing else.")
    variables = frozenset(name.strip() for name in keys["variables"].split(",") if name.strip())
    template = Template(body.rstrip("\n"))
    if frozenset(template.get_identifiers()) != variables:
        raise PromptError(f"Text {path} does not use exactly the variables that it names.")
    return Text(path, keys["purpose"].strip(), variables, template)
