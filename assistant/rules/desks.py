"""Desk ids in, the desks that can help out; every address stands literally in every policy."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Contact
from assistant.errors import FactsError
from index.documents import Document

_FILE = Path(__file__).parent / "desks.yaml"
DEFAULT_DESK = "zorginkoop"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Name(_Strict):
    nl: str
    en: str


class _Desk(_Strict):
    id: str
    name: _Name
    email: str | None
    website: str | None
    phone: str | None


class _DesksFile(_Strict):
    desks: list[_Desk]


def contact_of(desk: str, lang: str) -> Contact:
    """Return the desk with this id, its name in Dutch or English.

    Raises:
        FactsError: there is no such desk.
    """
    for known in _desks():
        if known.id == desk:
            name = known.name.en if lang == "en" else known.name.nl
            return Contact(name, known.email, known.website, known.phone)
    raise FactsError(f"{_FILE.name}: er is geen loket '{desk}'.")


def check_desks(documents: list[Document]) -> None:
    """Check that every address stands in every policy, so that none can outlive the policy it came from.

    Raises:
        FactsError: an address does not.
    """
    for desk in _desks():
        for key in ("email", "website", "phone"):
            address = getattr(desk, key)
            for document in documents:
                if address and address not in document.text:
                    raise FactsError(
                        f"{_FILE.name}: {desk.id}, sleutel {key}: '{address}' staat niet in {document.id}."
                    )


@lru_cache(maxsize=1)
def _desks() -> list[_Desk]:
    try:
        return _DesksFile.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8"))).desks
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise FactsError(f"{_FILE.name}: niet te lezen: {error}") from error
