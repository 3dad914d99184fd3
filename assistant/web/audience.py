"""What a visitor chose at "ik ben" in, the provider type, sector and facts that go with it out."""

from dataclasses import dataclass

from assistant.scope import TYPES_OF_SECTOR, ProviderType, sector_of
from index.documents import Document
from prompts import text


@dataclass(frozen=True)
class Audience:
    """Whom the answers are for; ``key`` is what the page sends: a provider type, a sector, or "" for anyone."""

    key: str
    sector: str | None
    provider_type: ProviderType | None

    @property
    def name(self) -> str:
        """Return the name as it is shown, "" for anyone."""
        return text(f"name-{self.key}", "nl") if self.key else ""


ANYONE = Audience("", None, None)


def audience_of(key: str) -> Audience:
    """Return the audience with this key; one that does not exist is anyone."""
    if key in set(ProviderType):
        provider_type = ProviderType(key)
        return Audience(key, sector_of(provider_type), provider_type)
    return Audience(key, key, None) if key in TYPES_OF_SECTOR else ANYONE


def choices() -> list[tuple[Audience, list[Audience]]]:
    """Return every sector with its provider types, in the order of the policies."""
    return [
        (audience_of(sector), [audience_of(kind) for kind in ProviderType if kind in types])
        for sector, types in sorted(TYPES_OF_SECTOR.items())
    ]


def policy_of(audience: Audience, documents: list[Document]) -> str | None:
    """Return the id of the latest policy of the sector, None for anyone."""
    known = [document for document in documents if document.sector == audience.sector]
    return max(known, key=lambda document: document.contract_year).id if known else None
