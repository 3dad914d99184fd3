"""The texts of the screen."""

import re
from pathlib import Path

import assistant.web
from assistant.scope import ProviderType
from assistant.web.render import labels
from assistant.web.shell import examples

PACKAGE = Path(assistant.web.__file__).parent
BUILT = ("state-", "am-", "sector-", "reason-", "web-")


def used() -> set[str]:
    sources = [path.read_text("utf-8") for pattern in ("*.py", "templates/*.html") for path in PACKAGE.glob(pattern)]
    return {name for source in sources for name in re.findall(r"""['"]([a-z]+(?:-[a-z]+)*)['"]""", source)}


def test_every_text_is_used() -> None:
    assert [name for name in labels() if name not in used() and not name.startswith(BUILT)] == []


def test_there_are_examples_for_every_provider_type() -> None:
    assert set(ProviderType) | {"", "ggz", "mondzorg"} == set(examples())
    assert all(len(questions) >= 2 for questions in examples().values())


def test_no_python_module_holds_a_date_an_amount_or_an_address() -> None:
    for path in PACKAGE.glob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"@[a-z]+\.nl|€|\b20[23]\d\b", source), path.name
