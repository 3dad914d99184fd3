import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document
from index.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Een zin. Nog een zin.", ["Een zin.", "Nog een zin."], id="a full stop"),
        pytest.param("Dit is niet haalbaar! Of wel? Ja.", ["Dit is niet haalbaar!", "Of wel?", "Ja."], id="other ends"),
        pytest.param("Zie art. 4 en p. 3.", ["Zie art. 4 en p. 3."], id="a small letter or number follows"),
        pytest.param("Zie bijv. De LVVP.", ["Zie bijv. De LVVP."], id="an abbreviation before a capital"),
        pytest.param("Wijzigingen t.o.v. Eerder.", ["Wijzigingen t.o.v. Eerder."], id="an abbreviation of letters"),
        pytest.param("Zij zeggen ‘ja.’ Wij ook.", ["Zij zeggen ‘ja.’", "Wij ook."], id="a closing quotation mark"),
        pytest.param("(Een bijzin.) Dan dit.", ["(Een bijzin.)", "Dan dit."], id="a closing bracket"),
        pytest.param("Een zin. ‘Nog’ een.", ["Een zin.", "‘Nog’ een."], id="an opening quotation mark"),
        pytest.param("Mail caresq.nl vandaag", ["Mail caresq.nl vandaag"], id="a full stop in an address"),
        pytest.param("Geen einde", ["Geen einde"], id="no full stop"),
        pytest.param("Een zin.  \n Nog een. ", ["Een zin.", "Nog een."], id="white space around"),
        pytest.param("", [], id="nothing"),
        pytest.param("  ", [], id="only white space"),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text("Aa .?!‘’”()\n", max_size=60))
def test_sentences_follow_each_other_with_only_white_space_between(text: str) -> None:
    end = len(text) - len(text.lstrip())
    for start, following in sentence_spans(text):
        assert not text[end:start].strip()
        assert start < following
        end = following
    assert not text[end:].strip()


def test_no_sentence_of_a_policy_ends_in_an_abbreviation(documents: list[Document]) -> None:
    found = [
        sentence
        for document in documents
        for span in document.spans
        for sentence in sentences(span.block.text)[:-1]
        if sentence.endswith((" t.g.v.", " n.a.v.", " t.o.v.", "(art.", " p."))
    ]
    assert found == []
