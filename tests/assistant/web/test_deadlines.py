from datetime import date

import pytest

from assistant.rules.model import WhenEntry
from assistant.web.deadlines import state_label

DAY = date(2025, 10, 24)


@pytest.mark.parametrize(
    ("when", "as_of", "words"),
    [
        pytest.param(WhenEntry(bound="until", day=DAY), date(2025, 9, 20), "Open, nog 34 dagen", id="open"),
        pytest.param(WhenEntry(bound="until", day=DAY), date(2025, 10, 23), "Open, nog 1 dag", id="one day"),
        pytest.param(WhenEntry(bound="until", day=DAY), DAY, "Sluit vandaag", id="last day"),
        pytest.param(
            WhenEntry(bound="before", day=DAY), DAY, "Gesloten, laatste dag was 23 oktober 2025", id="before"
        ),
        pytest.param(WhenEntry(bound="from", day=DAY), date(2025, 10, 22), "Begint over 2 dagen", id="begins"),
        pytest.param(WhenEntry(bound="from", day=DAY), DAY, "Begonnen", id="begun"),
        pytest.param(WhenEntry(bound="moment", day=DAY), date(2025, 10, 14), "Over 10 dagen", id="moment ahead"),
        pytest.param(WhenEntry(bound="moment", day=DAY), DAY, "Vandaag", id="moment today"),
        pytest.param(WhenEntry(bound="moment", day=DAY), date(2026, 1, 1), "Voorbij", id="moment past"),
        *(
            pytest.param(
                WhenEntry(bound=bound, earliest=date(2025, 9, 1), latest=date(2025, 9, 30)), as_of, words,
                id=f"vague {bound} {as_of}",
            )
            for bound, as_of, words in [
                ("until", date(2025, 8, 1), "Open, dag niet precies bekend"),
                ("moment", date(2025, 8, 1), "Nog niet, dag niet precies bekend"),
                ("moment", date(2025, 9, 20), "Rond deze tijd, dag niet precies bekend"),
                ("until", date(2025, 10, 1), "Voorbij"),
            ]
        ),
    ],
)  # fmt: skip
def test_the_state_of_a_date_is_said_in_words(when: WhenEntry, as_of: date, words: str) -> None:
    assert state_label(when, as_of).words == words
