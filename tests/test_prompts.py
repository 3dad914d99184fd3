from pathlib import Path

import pytest

import prompts
from prompts import PromptError, Text, fill, read, text

FOLDER = Path(prompts.__file__).parent
PATHS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md"))
ENGLISH = sorted(path.name for path in (FOLDER / "en").glob("*.md"))


@pytest.mark.parametrize("path", PATHS)
def test_every_text_loads_and_says_what_it_is_for(path: str) -> None:
    loaded = read(path)
    assert loaded.name == path
    assert loaded.purpose
    assert loaded.template.template.strip()


@pytest.mark.parametrize("path", PATHS)
def test_every_text_can_be_filled(path: str) -> None:
    loaded = read(path)
    filled = fill(loaded, **{name: f"<{name}>" for name in loaded.variables})
    assert all(f"<{name}>" in filled for name in loaded.variables)


def test_every_answer_text_is_there_in_both_languages() -> None:
    dutch = sorted(path.name for path in (FOLDER / "nl").glob("*.md") if not path.name.startswith("web-"))
    assert dutch == ENGLISH


@pytest.mark.parametrize("name", ENGLISH)
def test_both_languages_name_the_same_variables(name: str) -> None:
    assert read(f"nl/{name}").variables == read(f"en/{name}").variables


def test_a_text_is_filled() -> None:
    assert text("state-open", "nl", day="24 oktober 2025", days="34 dagen") == (
        "U hebt nog 34 dagen, tot en met 24 oktober 2025."
    )
    assert text("state-open", "en", day="24 October 2025", days="34 days") == (
        "You have 34 days left, until and including 24 October 2025."
    )


def test_what_is_filled_in_is_not_read_as_a_template() -> None:
    assert text("state-not-yet", "nl", days="$day") == "Dat is over $day."


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        pytest.param({"day": "vandaag"}, "days", id="one is missing"),
        pytest.param({"day": "vandaag", "days": "1", "hour": "12"}, "hour", id="one is unknown"),
        pytest.param({"date": "vandaag"}, "date, day, days", id="all are wrong"),
    ],
)
def test_wrong_variables_are_named_before_anything_is_shown(variables: dict[str, object], problem: str) -> None:
    with pytest.raises(PromptError) as caught:
        text("state-open", "nl", **variables)
    assert str(caught.value) == f"Text nl/state-open.md: variable {problem} is missing or unknown."


def test_a_text_that_is_not_there_is_named() -> None:
    with pytest.raises(PromptError) as caught:
        text("bestaat-niet", "nl")
    assert str(caught.value) == "There is no text nl/bestaat-niet.md."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("Tekst.\n", "has no front matter.", id="no front matter"),
        pytest.param("---\npurpose: iets\n---\nTekst.\n", "needs 'purpose' and 'variables'", id="no variables"),
        pytest.param("---\npurpose: x\nvariables:\nsize: 3\n---\nTekst.\n", "and nothing else.", id="another key"),
        pytest.param("---\npurpose: x\nvariables: day\n---\nTekst.\n", "does not use exactly", id="an unused variable"),
        pytest.param("---\npurpose: x\nvariables:\n---\nTot $day.\n", "does not use exactly", id="an unnamed variable"),
    ],
)
def test_a_malformed_text_is_named(content: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wrong.md").write_text(content, encoding="utf-8")
    monkeypatch.setattr(prompts, "_FOLDER", tmp_path)
    read.cache_clear()
    with pytest.raises(PromptError, match=r"^Text wrong\.md ") as caught:
        read("wrong.md")
    read.cache_clear()
    assert problem in str(caught.value)


def test_a_text_is_read_once() -> None:
    first: Text = read("nl/yes.md")
    assert read("nl/yes.md") is first
