"""manifest.yaml in, typed descriptions of the policy files and of the repairs to their text out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import ManifestError

LineRange = str
"""Lines of the received file, counted from 1: "45", or "504-505" with both ends included."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableEntry(_Strict):
    """A flattened table of two columns."""

    lines: LineRange
    cells: list[str] = Field(min_length=1)


class DocumentEntry(_Strict):
    """One policy file: what it is, and how its extraction is undone."""

    id: str = Field(pattern=r"^\d{4}-[a-z0-9-]+$")
    file: str
    title: str
    publisher: str
    sector: Literal["mondzorg", "ggz"]
    contract_year: int = Field(ge=2018, le=2100)
    version: str
    source: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    page_starts: list[int] = Field(min_length=1)
    hyphens: list[str] = []
    order: list[str] = Field(min_length=1)
    headings: dict[int, list[LineRange]]
    tables: list[TableEntry] = []
    footnotes: list[LineRange] = []


class Manifest(_Strict):
    """All policy files of one folder."""

    documents: list[DocumentEntry]


def read_manifest(path: Path) -> Manifest:
    """Read and check ``manifest.yaml``.

    Raises:
        ManifestError: the file is missing, is not YAML, or lacks or misnames a key; the message names the document.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Manifest.model_validate(raw)
    except OSError as error:
        raise ManifestError(f"Het manifest {path} is niet te lezen: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ManifestError(f"Het manifest {path} is geen geldige YAML: {error}") from error
    except ValidationError as error:
        raise ManifestError(f"Het manifest {path} klopt niet: {_first_problem(raw, error)}") from error


def line_numbers(lines: LineRange) -> range:
    """Expand "504-505" or "45" to line numbers, both ends included."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", lines)
    if not match or int(match[2] or match[1]) < int(match[1]):
        raise ManifestError(f"'{lines}' is geen regelnummer of reeks van regelnummers.")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def ordered_pieces(order: list[str]) -> Iterator[tuple[int, str | None]]:
    """Yield (line number, part of that line or None for the whole line) in reading order."""
    for entry in order:
        lines, _, part = entry.partition(" ")
        for number in line_numbers(lines):
            yield number, part or None


def _first_problem(raw: object, error: ValidationError) -> str:
    problem = error.errors()[0]
    location = problem["loc"]
    document = ""
    if isinstance(raw, dict) and len(location) > 1 and location[0] == "documents":
        entries = raw["documents"]
        named = entries[location[1]] if isinstance(entries, list) and isinstance(location[1], int) else None
        document = f"document {named.get('id', location[1])}, " if isinstance(named, dict) else ""
    return f"{document}sleutel {'.'.join(map(str, location))}: {problem['msg']}"
