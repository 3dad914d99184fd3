"""Sector, policy and provider type: for whom a question is asked and for whom a fact holds."""

from dataclasses import dataclass
from enum import StrEnum


class ProviderType(StrEnum):
    """The kinds of provider that the policies tell apart; the whole product uses these and no others."""

    VRIJGEVESTIGD = "vrijgevestigd"
    PSYCHIATER = "psychiater"
    INSTELLING_DIGITAAL_AANBOD = "instelling-digitaal-aanbod"
    INSTELLING_ONDERHANDELING = "instelling-onderhandeling"
    GEINTEGREERD = "geintegreerd"
    PAAZ_PUK = "paaz-puk"
    IMPLANTOLOGIE = "implantologie"
    TANDPROTHETIEK = "tandprothetiek"
    CBT = "cbt"


TYPES_OF_SECTOR: dict[str, frozenset[ProviderType]] = {
    "mondzorg": frozenset({ProviderType.IMPLANTOLOGIE, ProviderType.TANDPROTHETIEK, ProviderType.CBT}),
    "ggz": frozenset(
        {
            ProviderType.VRIJGEVESTIGD,
            ProviderType.PSYCHIATER,
            ProviderType.INSTELLING_DIGITAAL_AANBOD,
            ProviderType.INSTELLING_ONDERHANDELING,
            ProviderType.GEINTEGREERD,
            ProviderType.PAAZ_PUK,
        }
    ),
}


CHOICES: dict[str, frozenset[ProviderType]] = {
    "vrijgevestigd": frozenset({ProviderType.VRIJGEVESTIGD}),
    "psychiater": frozenset({ProviderType.PSYCHIATER}),
    "instelling": frozenset(
        {
            ProviderType.INSTELLING_DIGITAAL_AANBOD,
            ProviderType.INSTELLING_ONDERHANDELING,
            ProviderType.GEINTEGREERD,
        }
    ),
    "paaz-puk": frozenset({ProviderType.PAAZ_PUK}),
}
"""What an asker of mental health care can choose from where the single types are too many."""


def sector_of(provider_type: ProviderType) -> str:
    """Return the sector that a provider type belongs to."""
    return next(sector for sector, types in TYPES_OF_SECTOR.items() if provider_type in types)


@dataclass(frozen=True)
class Scope:
    """What is known of the asker: ``types`` are the provider types that are still possible.

    ``policies`` are the ids of the policies that can answer; both are full when nothing is known.
    """

    policies: frozenset[str]
    types: frozenset[ProviderType]
