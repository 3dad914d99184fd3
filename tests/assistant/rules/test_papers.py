import pytest

from assistant.flow import Assistant
from assistant.rules.papers import Holdings, read_holdings, side_of_papers
from assistant.rules.phrasings import Side
from assistant.scope import ProviderType
from index.words import fold

SOLO = frozenset({ProviderType.VRIJGEVESTIGD})
SMALL = frozenset({ProviderType.INSTELLING_DIGITAAL_AANBOD})
IMPLANT = frozenset({ProviderType.IMPLANTOLOGIE})
SURCHARGE = "2026-ggz.requirement.opslag-certificaat"
BASE = "2026-ggz.requirement.certificaat-basis"
REGISTER = "2025-mondzorg.requirement.nvoi"
ISO = "2025-mondzorg.requirement.iso-hkz"


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        pytest.param(
            "Heb alleen het KiBG-keurmerk, geen visitatie van LVVP of NIP.", {"kibg"}, {"lvvp", "nip"}, id="only"
        ),
        pytest.param("Wel een LVVP-certificaat maar geen KiBG.", {"lvvp"}, {"kibg"}, id="one and not the other"),
        pytest.param(
            "Sinds 3 jaar LVVP-lid, nooit gevisiteerd.", {"lvvp-lid-korter-dan-5-jaar"}, {"lvvp"}, id="member"
        ),
        pytest.param(
            "Ik ben 5 jaar lid van de LVVP.", {"lvvp-lid-5-jaar-of-langer"}, set(), id="member for five years"
        ),
        pytest.param(
            "I've been an LVVP member for two years.", {"lvvp-lid-korter-dan-5-jaar"}, set(), id="member, in English"
        ),
        pytest.param("Nog niet gevisiteerd, en het KiBG-keurmerk heb ik wel.", {"kibg"}, {"lvvp"}, id="had behind it"),
        pytest.param("KiBG heb ik ook niks mee.", set(), {"kibg"}, id="nothing to do with it"),
        pytest.param(
            "KiBG heb ik niet, ik sta er als aspirant ingeschreven.", {"kibg-aspirant"}, {"kibg"}, id="aspirant"
        ),
        pytest.param("Pas lid van de LVVP.", {"lvvp-lid-korter-dan-5-jaar"}, set(), id="new member"),
        pytest.param("Ik ben lid van de LVVP.", set(), set(), id="member, not said how long"),
        pytest.param("Een visitatiecertificaat van het NIP en verder niks.", {"nip"}, set(), id="visitation by NIP"),
        pytest.param("Aspirant-lid van KiBG, visitatie heb ik niet.", {"kibg-aspirant"}, {"lvvp"}, id="lacked behind"),
        pytest.param("Geen ISO maar wel HKZ.", {"hkz"}, {"iso"}, id="certificates"),
        pytest.param("Niet bij de NVOI, wel voldoe ik aan de inschrijfeisen.", {"nvoi-eisen"}, {"nvoi"}, id="register"),
        pytest.param("Al drie jaar NIP-lid, met een bewijs van lidmaatschap.", set(), set(), id="a member of NIP"),
        pytest.param("De visitatie heb ik steeds uitgesteld.", set(), {"lvvp"}, id="put off"),
        pytest.param("Mijn KiBG-keurmerk is verlopen.", set(), {"kibg"}, id="expired"),
        pytest.param("Lid worden van de ONT is zonde van het geld.", set(), set(), id="to become a member"),
        pytest.param("Niet in de NVOI, maar ik voldoe aan alles.", {"nvoi-eisen"}, {"nvoi"}, id="meets all of it"),
        pytest.param("Mijn LVVP is in orde, maar het KiBG-keurmerk ontbreekt.", {"lvvp"}, {"kibg"}, id="missing"),
        pytest.param("Wanneer is de deadline?", set(), set(), id="nothing"),
    ],
)
def test_what_a_question_says_to_have_and_to_lack(text: str, has: set[str], lacks: set[str]) -> None:
    assert read_holdings(fold(text)) == Holdings(frozenset(has), frozenset(lacks))


@pytest.mark.parametrize(
    ("fact", "types", "told", "asked", "side"),
    [
        pytest.param(
            SURCHARGE, SOLO, "Ik heb LVVP en KiBG.", "Krijg ik de opslag?", Side.AFFIRMED, id="both: surcharge"
        ),
        pytest.param(
            SURCHARGE, SOLO, "Ik heb alleen KiBG.", "Krijg ik de opslag?", Side.DENIED, id="one: no surcharge"
        ),
        pytest.param(
            SURCHARGE,
            SOLO,
            "Ik heb KiBG en ben 4 jaar LVVP-lid.",
            "Kan ik de opslag krijgen?",
            Side.AFFIRMED,
            id="four years a member: surcharge",
        ),
        pytest.param(
            SURCHARGE,
            SOLO,
            "Ik heb KiBG en ben 5 jaar LVVP-lid.",
            "Kan ik de opslag krijgen?",
            Side.DENIED,
            id="five years a member: no surcharge",
        ),
        pytest.param(
            SURCHARGE,
            SOLO,
            "Ik ben aspirant-lid van KiBG en heb LVVP.",
            "Krijg ik de opslag?",
            Side.DENIED,
            id="aspirant: no surcharge",
        ),
        pytest.param(
            SURCHARGE,
            SOLO,
            "Ik heb LVVP en ben aspirant bij KiBG.",
            "Is dat genoeg voor de opslag (dus niet het basiscontract)?",
            Side.DENIED,
            id="aspirant: no surcharge, and it is not the base that is asked for",
        ),
        pytest.param(
            BASE, SOLO, "Ik heb alleen KiBG.", "Is dat genoeg voor het basiscontract?", Side.AFFIRMED, id="one: base"
        ),
        pytest.param(
            BASE, SOLO, "Ik heb geen LVVP, NIP of KiBG.", "Kan ik een contract krijgen?", Side.DENIED, id="none"
        ),
        pytest.param(
            BASE, SOLO, "Ik heb LVVP.", "Is dat genoeg of moet ik wachten?", Side.AFFIRMED, id="enough, or obliged"
        ),
        pytest.param(BASE, SOLO, "Ik heb LVVP.", "Staat dat een contract in de weg?", Side.DENIED, id="no obstacle"),
        pytest.param(
            BASE, SOLO, "Ik heb KiBG.", "Ik krijg dan geen gewoon contract, klopt dat?", Side.DENIED, id="claimed"
        ),
        pytest.param(
            BASE, SOLO, "Ik heb geen KiBG.", "Ik krijg dan geen contract, klopt dat?", Side.AFFIRMED, id="claimed truly"
        ),
        pytest.param(
            BASE, SOLO, "Ik heb LVVP.", "Moet ik ook KiBG hebben voor het contract?", Side.DENIED, id="no need"
        ),
        pytest.param(
            SURCHARGE, SMALL, "", "Is alleen KiBG genoeg voor de opslag?", Side.AFFIRMED, id="small institution"
        ),
        pytest.param(
            SURCHARGE,
            SMALL,
            "",
            "Moeten wij naast KiBG ook LVVP hebben voor de opslag?",
            Side.DENIED,
            id="small institution, besides",
        ),
        pytest.param(
            REGISTER,
            IMPLANT,
            "Ik sta niet bij de NVOI, maar voldoe aan de inschrijfeisen.",
            "Mag dat?",
            Side.AFFIRMED,
            id="meets the demands of the register",
        ),
        pytest.param(
            ISO, IMPLANT, "Wij hebben geen ISO, wel HKZ.", "Is dat voldoende?", Side.AFFIRMED, id="HKZ for ISO"
        ),
        pytest.param(ISO, IMPLANT, "", "Moet ik een ISO-certificaat hebben?", None, id="asks for the demand itself"),
        pytest.param(ISO, IMPLANT, "", "Wat is dat?", None, id="no paper named"),
        pytest.param(
            "2026-ggz.deadline.vragenlijst",
            SOLO,
            "Ik heb KiBG.",
            "Kan ik de vragenlijst insturen?",
            None,
            id="not about papers",
        ),
    ],
)
def test_papers_decide(
    assistant: Assistant, fact: str, types: frozenset[ProviderType], told: str, asked: str, side: Side | None
) -> None:
    assert side_of_papers(assistant.rules.fact(fact), types, asked, told) == side
