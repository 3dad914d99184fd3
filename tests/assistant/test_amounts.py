import pytest

from assistant.amounts import find_amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("een schadelast van € 150.000", 150_000, id="euros"),
        pytest.param("€ 200.000,-", 200_000, id="euros with a dash"),
        pytest.param("1,8 ton", 180_000, id="tons"),
        pytest.param("twee ton", 200_000, id="a number in words"),
        pytest.param("anderhalve ton", 150_000, id="one and a half"),
        pytest.param("250k", 250_000, id="thousands"),
        pytest.param("2 miljoen euro", 2_000_000, id="millions"),
        pytest.param("150000 euro", 150_000, id="without points"),
        pytest.param("negentig duizend", 90_000, id="thousands in words"),
        pytest.param("driehonderdduizend euro", 300_000, id="hundreds of thousands in one word"),
        pytest.param("€ 50", None, id="a small amount"),
        pytest.param("5 werkdagen", None, id="no amount"),
    ],
)
def test_an_amount_is_read(text: str, expected: float | None) -> None:
    assert find_amount(text) == expected
