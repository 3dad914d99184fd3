from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from index.documents import BUNDLED
from index.errors import ManifestError
from index.manifest import line_numbers, ordered_pieces, read_manifest

WritePolicy = Callable[..., Path]


def test_the_manifest_that_ships_describes_both_policies() -> None:
    entries = read_manifest(BUNDLED / "manifest.yaml").documents
    assert [(entry.id, entry.sector, entry.contract_year) for entry in entries] == [
        ("2025-mondzorg", "mondzorg", 2025),
        ("2026-ggz", "ggz", 2026),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("45", [45], id="one line"),
        pytest.param("504-505", [504, 505], id="two lines, both ends included"),
        pytest.param("7-7", [7], id="a range of one line"),
    ],
)
def test_lines_are_expanded_to_their_numbers(lines: str, expected: list[int]) -> None:
    assert list(line_numbers(lines)) == expected


@pytest.mark.parametrize("lines", ["", "x", "5-4", "1-2-3", "-3", "1 2", "1-"])
def test_what_is_no_range_of_lines_is_named(lines: str) -> None:
    with pytest.raises(ManifestError) as caught:
        line_numbers(lines)
    assert str(caught.value) == f"'{lines}' is geen regelnummer of reeks van regelnummers."


def test_the_order_names_whole_lines_and_parts_of_lines() -> None:
    assert list(ordered_pieces(["1-2", "45", "72 MET LABEL:"])) == [
        (1, None),
        (2, None),
        (45, None),
        (72, "MET LABEL:"),
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param(
            {"colour": "rood"},
            "document 2030-ggz, sleutel documents.0.colour: Extra inputs are not permitted",
            id="an unknown key",
        ),
        pytest.param(
            {"sector": "wijkverpleging"},
            "document 2030-ggz, sleutel documents.0.sector: Input should be 'mondzorg' or 'ggz'",
            id="an unknown sector",
        ),
        pytest.param(
            {"contract_year": 1999},
            "document 2030-ggz, sleutel documents.0.contract_year: Input should be greater than or equal to 2018",
            id="a year before the first policy",
        ),
        pytest.param(
            {"sha256": "abc"},
            "document 2030-ggz, sleutel documents.0.sha256: String should match pattern '^[0-9a-f]{64}$'",
            id="no hash",
        ),
        pytest.param(
            {"page_starts": []},
            "document 2030-ggz, sleutel documents.0.page_starts: List should have at least 1 item after validation,"
            " not 0",
            id="no pages",
        ),
        pytest.param(
            {"id": "ggz"},
            "document ggz, sleutel documents.0.id: String should match pattern '^\\d{4}-[a-z0-9-]+$'",
            id="an id without a year",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_document(
    changes: dict[str, object], problem: str, write_policy: WritePolicy
) -> None:
    manifest = write_policy("Tekst.\n", **changes) / "manifest.yaml"
    with pytest.raises(ManifestError) as caught:
        read_manifest(manifest)
    assert str(caught.value) == f"Het manifest {manifest} klopt niet: {problem}"


def test_a_missing_key_is_named_with_its_document(write_policy: WritePolicy) -> None:
    manifest = write_policy("Tekst.\n") / "manifest.yaml"
    raw = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    del raw["documents"][0]["title"]
    manifest.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(ManifestError, match=r"document 2030-ggz, sleutel documents\.0\.title: Field required"):
        read_manifest(manifest)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"documents: [", "is geen geldige YAML", id="no YAML"),
        pytest.param(b"\xff\xfe", "is geen geldige YAML", id="no UTF-8"),
        pytest.param(b"", "klopt niet", id="empty"),
        pytest.param(b"- een\n- twee\n", "klopt niet", id="a list"),
        pytest.param(b"documents: [een]\n", "klopt niet: sleutel documents.0", id="no keys in a document"),
    ],
)
def test_a_malformed_manifest_is_named(content: bytes, problem: str, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yaml"
    manifest.write_bytes(content)
    with pytest.raises(ManifestError) as caught:
        read_manifest(manifest)
    assert str(caught.value).startswith(f"Het manifest {manifest} {problem}")


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path / "manifest.yaml")
    assert (
        str(caught.value) == f"Het manifest {tmp_path / 'manifest.yaml'} is niet te lezen: No such file or directory."
    )
