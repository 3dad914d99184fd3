import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.words import Analyzer, fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Geïntegreerde", "geintegreerde", id="a diaeresis"),
        pytest.param("ÉÉN", "een", id="capitals with accents"),
        pytest.param("e\u0301e\u0301n", "een", id="accents written apart"),
        pytest.param("ﬁnanciële", "financiele", id="a ligature"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_case_and_accents_are_taken_off(text: str, expected: str) -> None:
    assert fold(text) == expected


@settings(deadline=None)
@given(st.text("aAbBéÏß.@-12 ?’", max_size=40))
def test_folding_twice_is_folding_once_in_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wat is de opslag?", ["wat", "is", "de", "opslag"], id="a question"),
        pytest.param("mail zorginkoop@caresq.nl.", ["mail", "zorginkoop@caresq.nl"], id="an address is one word"),
        pytest.param("AGB-code, 200.000 en 2025-2026", ["agb-code", "200.000", "en", "2025-2026"], id="joined parts"),
        pytest.param("KiBG’s ‘keurmerk’", ["kibg", "s", "keurmerk"], id="quotation marks"),
        pytest.param("?!", [], id="no words"),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("de overeenkomsten", ["overeenkomst"], id="a plural without its stop word"),
        pytest.param("what is the deadline", ["deadlin"], id="English stop words"),
        pytest.param("zorginkoop", ["zorginkop", "zorg", "inkop"], id="a compound of two words"),
        pytest.param(
            "zorginkoopvragenlijst",
            ["zorginkoopvragenlijst", "zorg", "inkop", "vragenlijst"],
            id="a compound of three words",
        ),
        pytest.param("verblijfsdag", ["verblijfsdag"], id="a part that is too short to know"),
        pytest.param("kwaliteitseisen", ["kwaliteitseis", "kwaliteit", "eis"], id="a linking s"),
        pytest.param("vragenlijst", ["vragenlijst"], id="a known word of unknown parts"),
        pytest.param("waar en wanneer", [], id="nothing but stop words"),
    ],
)
def test_the_search_terms_are_stems_of_words_and_of_known_parts(text: str, expected: list[str]) -> None:
    analyzer = Analyzer(["De zorg, de inkoop en de vragenlijst.", "De kwaliteit en de eisen."])
    assert analyzer.terms(text) == expected
