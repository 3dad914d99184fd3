import pytest

from assistant.personal import mask_personal_data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Haar BSN is 111222333.", "Haar BSN is [bsn].", id="a number with its label"),
        pytest.param("bsn: 111 222 333", "bsn: [bsn]", id="a number with spaces"),
        pytest.param("burgerservicenummer 123456789", "burgerservicenummer [bsn]", id="a label in full"),
        pytest.param("Mijn cliënt 111222333 wil hulp.", "Mijn cliënt [bsn] wil hulp.", id="a number beside a person"),
        pytest.param("Patiënt Jan de Vries wil hulp.", "Patiënt [naam] wil hulp.", id="the name of a patient"),
        pytest.param("dhr. A.B. Pietersen belt", "dhr. [naam] belt", id="a name with initials"),
        pytest.param("Mr. Johnson called", "Mr. [naam] called", id="an English name"),
        pytest.param("cliënt geboren op 3-4-1980", "cliënt geboren op [geboortedatum]", id="a day of birth"),
        pytest.param("born on 3 April 1980", "born on [geboortedatum]", id="a day of birth in words"),
        pytest.param("polisnummer 1234567", "polisnummer [polisnummer]", id="a policy number"),
        pytest.param("op NL91 ABNA 0417 1643 00 graag", "op [rekeningnummer] graag", id="an account"),
        pytest.param("op NL91ABNA0417164300", "op [rekeningnummer]", id="an account without spaces"),
    ],
)
def test_personal_data_are_masked(text: str, expected: str) -> None:
    assert mask_personal_data(text) == (expected, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Onze AGB-code is 01234567.", id="an AGB code"),
        pytest.param("Het nummer is 111222333.", id="a valid number that nobody says is of a person"),
        pytest.param("Mijn cliënt heeft nummer 123456788.", id="a number that fails the test of a BSN"),
        pytest.param("De schadelast is 150.000.000 euro", id="an amount"),
        pytest.param("Bel 088 35 35 732 of mail zorginkoop@caresq.nl", id="the desk of the policy"),
        pytest.param("Heeft een patiënt een machtiging nodig?", id="a patient without a name"),
        pytest.param("Heeft de verzekerde Eucare nodig?", id="the name of an organisation"),
        pytest.param("Is een cliënt GGZ anders?", id="an abbreviation"),
        pytest.param("op 24 oktober 2025", id="a day that is no birthday"),
        pytest.param("NL00 ABNA 0417 1643 00", id="an account that does not exist"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_about_a_person_stays(text: str) -> None:
    assert mask_personal_data(text) == (text, False)


def test_everything_in_one_question_is_masked() -> None:
    text = "Patiënt Jan de Vries, geboren 3-4-1980, BSN 111222333: moet er een machtiging komen?"
    assert mask_personal_data(text) == (
        "Patiënt [naam], geboren [geboortedatum], BSN [bsn]: moet er een machtiging komen?",
        True,
    )


def test_masking_twice_changes_nothing_more() -> None:
    once, _ = mask_personal_data("Patiënt Jan de Vries met BSN 111222333")
    assert mask_personal_data(once) == (once, False)
