"""A template of this package and its values in, HTML out; whatever is filled in is escaped."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import RootModel

import prompts
from assistant.web import markup
from prompts import text

_TEMPLATES = Path(__file__).parent / "templates"


class Labels(RootModel[dict[str, str]]):
    """The short texts of the screen by name."""


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Read the short texts of the screen."""
    raw = files(prompts).joinpath("nl/web-labels.yaml").read_text(encoding="utf-8")
    return Labels.model_validate(yaml.safe_load(raw)).root


def label(name: str, /, **variables: object) -> str:
    """Return a short text of the screen, its ``{variables}`` filled in.

    Raises:
        KeyError: there is no such text, or a variable is missing.
    """
    return labels()[name].format(**variables)


def render(template: str, **values: object) -> str:
    """Render ``templates/<template>.html``.

    Raises:
        jinja2.UndefinedError: the template needs a value that is not given.
    """
    return _environment().get_template(f"{template}.html").render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = label
    environment.globals["text"] = lambda name, **variables: text(f"web-{name}", "nl", **variables)
    environment.filters["plain"] = markup.plain_html
    return environment
