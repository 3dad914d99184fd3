from pathlib import Path

import pytest

from assistant.errors import FactsError
from assistant.rules.loader import load_facts
from index.documents import Document

IDENTIFIER = "2026-ggz.deadline.vragenlijst"
GOOD = f"""
policy: 2026-ggz
facts:
  - id: {IDENTIFIER}
    kind: deadline
    topic: vragenlijst-uiterste-datum
    label: Deadline vragenlijst
    provider_types: [vrijgevestigd]
    when: {{bound: until, day: 2025-10-24}}
    answer: {{nl: "Uiterlijk 24 oktober 2025. [1]", en: "By 24 October 2025. [1]"}}
    quotes:
      - text: Deadline vragenlijst via VECOZO 24 oktober 2025
    asked: {{what: [wat is de deadline]}}
"""
SECOND = GOOD.split("facts:\n")[1]


def write(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_loads(tmp_path: Path, documents: list[Document]) -> None:
    write(tmp_path, GOOD)
    [fact] = load_facts(documents, tmp_path)
    assert (fact.id, fact.policy, fact.quotes[0].page) == (IDENTIFIER, "2026-ggz", 14)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param("    kind: deadline", "    kind: deadline\n    colour: red", "colour", id="unknown key"),
        pytest.param("VECOZO 24 oktober", "VECOZO 24 oktobar", "quotes", id="one letter of a quote changed"),
        pytest.param("day: 2025-10-24", "day: 2025-02-30", "when", id="a day that does not exist"),
        pytest.param("[vrijgevestigd]", "[vrijgevestigde]", "provider_types", id="a scope word that does not exist"),
        pytest.param("[vrijgevestigd]", "[implantologie]", "provider_types", id="a scope word of another sector"),
        pytest.param("kind: deadline", "kind: dedline", "kind", id="a kind that does not exist"),
        pytest.param("bound: until", "bound: til", "when", id="a bound that does not exist"),
        pytest.param("2025. [1]", "2025. [2]", "answer", id="a marker without a quote"),
        pytest.param("    topic: vragenlijst-uiterste-datum\n", "", "topic", id="a missing key"),
    ],
)
def test_a_bad_file_is_refused_with_file_id_and_key(
    old: str, new: str, key: str, tmp_path: Path, documents: list[Document]
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(FactsError) as caught:
        load_facts(documents, tmp_path)
    message = str(caught.value)
    assert str(path) in message
    assert IDENTIFIER in message
    assert f"sleutel {key}" in message


def test_a_duplicate_id_is_refused(tmp_path: Path, documents: list[Document]) -> None:
    path = write(tmp_path, GOOD + SECOND)
    with pytest.raises(FactsError, match=rf"{IDENTIFIER}, sleutel id: .*twee keer") as caught:
        load_facts(documents, tmp_path)
    assert str(path) in str(caught.value)


def test_an_item_that_does_not_exist_is_refused(tmp_path: Path, documents: list[Document]) -> None:
    path = write(tmp_path, GOOD.replace("    asked:", "    items: [2026-ggz.deadline.niets]\n    asked:"))
    with pytest.raises(FactsError, match=rf"{IDENTIFIER}.*items.*2026-ggz\.deadline\.niets") as caught:
        load_facts(documents, tmp_path)
    assert str(path) in str(caught.value)


def test_a_policy_that_does_not_exist_is_refused(tmp_path: Path, documents: list[Document]) -> None:
    path = write(tmp_path, GOOD.replace("policy: 2026-ggz", "policy: 2027-ggz"))
    with pytest.raises(FactsError, match=r"2027-ggz.*policy") as caught:
        load_facts(documents, tmp_path)
    assert str(path) in str(caught.value)


def test_broken_yaml_is_refused(tmp_path: Path, documents: list[Document]) -> None:
    path = write(tmp_path, "policy: [")
    with pytest.raises(FactsError, match="YAML") as caught:
        load_facts(documents, tmp_path)
    assert str(path) in str(caught.value)


def test_one_bad_file_stops_the_good_ones(tmp_path: Path, documents: list[Document]) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "other.yaml").write_text("policy: 2026-ggz\nfacts: [{id: 2026-ggz.x}]\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"other\.yaml"):
        load_facts(documents, tmp_path)
