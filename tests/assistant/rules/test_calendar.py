from datetime import date, timedelta

from icalendar import Calendar

from assistant.rules.calendar import calendar_of
from assistant.rules.model import Fact
from assistant.rules.timeline import timeline_of
from assistant.scope import ProviderType

TODAY = date(2025, 9, 20)


def written(facts: list[Fact], provider_type: ProviderType) -> bytes:
    return calendar_of(timeline_of(facts, provider_type, TODAY), provider_type, TODAY)


def days_read_back(facts: list[Fact], provider_type: ProviderType) -> dict[str, date]:
    calendar = Calendar.from_ical(written(facts, provider_type))
    return {
        str(event["uid"]).split("@")[0].split(".")[-1]: event.decoded("dtstart") for event in calendar.walk("VEVENT")
    }


def test_the_right_days_are_read_back_for_a_vrijgevestigde(facts: list[Fact]) -> None:
    assert days_read_back(facts, ProviderType.VRIJGEVESTIGD) == {
        "integraal-initiatief": date(2025, 6, 30),
        "opslag-bewijs-vrijgevestigd": date(2025, 10, 24),
        "vragenlijst": date(2025, 10, 24),
        "tekendatum": date(2025, 11, 7),
        "publicatie-zorgzoeker": date(2025, 11, 12),
    }


def test_the_right_days_are_read_back_for_a_cbt(facts: list[Fact]) -> None:
    assert days_read_back(facts, ProviderType.CBT) == {
        "cbt-vragenlijst-downloaden": date(2024, 6, 1),
        "aanvraag-cbt": date(2024, 8, 31),
        "publicatie-zorgzoeker": date(2024, 11, 12),
    }


def test_vague_dates_are_left_out_for_every_type(facts: list[Fact]) -> None:
    for provider_type in ProviderType:
        timeline = timeline_of(facts, provider_type, TODAY)
        single = [moment for moment in timeline.moments if not moment.is_vague]
        assert len(days_read_back(facts, provider_type)) == len(single)


def test_events_last_a_whole_day_and_name_their_source(facts: list[Fact]) -> None:
    for event in Calendar.from_ical(written(facts, ProviderType.GEINTEGREERD)).walk("VEVENT"):
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is date
        assert end - start == timedelta(days=1)
        assert "pagina 1" in str(event["description"])
        assert "Zorginkoopbeleid 2026 GGZ" in str(event["description"])


def test_uids_stay_the_same_on_another_day(facts: list[Fact]) -> None:
    later = date(2025, 12, 1)
    timeline = timeline_of(facts, ProviderType.PSYCHIATER, later)
    other = Calendar.from_ical(calendar_of(timeline, ProviderType.PSYCHIATER, later))
    own = Calendar.from_ical(written(facts, ProviderType.PSYCHIATER))
    uids = [[str(event["uid"]) for event in calendar.walk("VEVENT")] for calendar in (own, other)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])


def test_the_same_day_gives_the_same_bytes(facts: list[Fact]) -> None:
    assert written(facts, ProviderType.CBT) == written(facts, ProviderType.CBT)


def test_lines_are_folded_and_end_as_the_standard_asks(facts: list[Fact]) -> None:
    lines = written(facts, ProviderType.INSTELLING_ONDERHANDELING).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
