import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.documents import Document, read_documents

WritePolicy = Callable[..., Path]
GGZ = """ 1. Contract
Wij sluiten geen zorgovereenkomsten met terugwerkende kracht.

2. Planning
De vragenlijst staat half september klaar.
"""
MONDZORG = """ 1. Contract
Een centrum mailt zijn aanvraag naar Caresq.
"""


@pytest.fixture
def write_policy(tmp_path: Path) -> WritePolicy:
    """Return a function that writes a folder with one policy, and a manifest that describes it."""

    def write(text: str | bytes, *, folder: str = "policies", **changes: Any) -> Path:
        content = text.encode() if isinstance(text, str) else text
        entry = {
            "id": "2030-ggz",
            "file": "policy.txt",
            "title": "Zorginkoopbeleid 2030 GGZ",
            "publisher": "Caresq",
            "sector": "ggz",
            "contract_year": 2030,
            "version": "eerste",
            "source": "https://www.caresq.nl",
            "sha256": hashlib.sha256(content).hexdigest(),
            "page_starts": [1],
            "order": [f"1-{len(content.splitlines())}"],
            "headings": {},
            **changes,
        }
        target = tmp_path / folder
        target.mkdir()
        (target / entry["file"]).write_bytes(content)
        (target / "manifest.yaml").write_text(yaml.safe_dump({"documents": [entry]}), encoding="utf-8")
        return target

    return write


@pytest.fixture
def small_documents(write_policy: WritePolicy) -> list[Document]:
    """Return two policies of a few lines."""
    ggz = write_policy(GGZ, folder="ggz", headings={1: ["1", "4"]}, page_starts=[1, 4])
    mondzorg = write_policy(
        MONDZORG, folder="mondzorg", headings={1: ["1"]}, id="2029-mondzorg", sector="mondzorg", contract_year=2029
    )
    return read_documents(ggz, mondzorg)
