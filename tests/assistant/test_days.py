from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.days import Period, add_working_days, find_days, find_periods, in_year, parse_day, today, write_day
from assistant.errors import UsageError

AS_OF = date(2025, 9, 20)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WORDS = st.text("abcdefghij ,.?", max_size=20)


def days_in(text: str, as_of: date = AS_OF) -> list[date]:
    return [mention.day for mention in find_days(text, as_of)]


@given(DAYS, st.sampled_from(["nl", "en"]), WORDS, WORDS)
def test_a_day_written_in_full_is_found_again(day: date, lang: str, before: str, after: str) -> None:
    written = write_day(day, lang)
    (mention,) = find_days(f"{before} {written} {after}", AS_OF)
    assert (mention.day, mention.has_year) == (day, True)


@given(DAYS, st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{y}-{m}-{d}"]))
def test_a_day_in_figures_is_found_again(day: date, form: str) -> None:
    assert days_in(f"Mag het op {form.format(d=day.day, m=day.month, y=day.year)}?") == [day]


@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_one_nearest_to_the_day_of_asking(day: date, as_of: date) -> None:
    assume((day.month, day.day) != (2, 29))
    (mention,) = find_days(f"op {day.day} {MONTHS[day.month - 1]}", as_of)
    assert (mention.day.month, mention.day.day, mention.has_year) == (day.month, day.day, False)
    others = [date(year, day.month, day.day) for year in (as_of.year - 1, as_of.year, as_of.year + 1)]
    assert abs(mention.day - as_of) == min(abs(other - as_of) for other in others)


@given(st.integers(1, 12), st.integers(0, 99), st.integers(2000, 2099))
def test_a_day_that_does_not_exist_is_never_found(month: int, number: int, year: int) -> None:
    assume(not 1 <= number <= LAST_DAYS[month - 1])
    for text in (
        f"{number} {MONTHS[month - 1]} {year}",
        f"{number} {MONTHS[month - 1]}",
        f"{year}-{month:02}-{number:02}",
    ):
        assert days_in(f"Is {text} op tijd?") == []


@given(
    st.sampled_from(["begin", "half", "medio", "eind", "midden", "in", "vanaf", "heel", "mid", "early", "late"]),
    st.sampled_from(MONTHS),
    st.one_of(st.just(""), st.integers(2000, 2099).map(lambda year: f" {year}")),
)
def test_a_vague_date_never_becomes_a_day(vague: str, month: str, year: str) -> None:
    assert days_in(f"Is {vague} {month}{year} op tijd?") == []


@given(st.text(max_size=60))
def test_any_text_can_be_searched_and_every_mention_stands_in_it(text: str) -> None:
    for mention in find_days(text, AS_OF):
        assert 0 <= mention.start < mention.end <= len(text.lower())


@pytest.mark.parametrize(
    ("text", "first", "last", "has_year"),
    [
        pytest.param("als ik in mei aanvraag", date(2025, 5, 1), date(2025, 5, 31), False, id="no year: the nearest"),
        pytest.param("begin maart 2026", date(2026, 3, 1), date(2026, 3, 10), True, id="begin"),
        pytest.param("half september", date(2025, 9, 11), date(2025, 9, 20), False, id="half"),
        pytest.param("eind februari 2028", date(2028, 2, 21), date(2028, 2, 29), True, id="the end of a leap February"),
        pytest.param("in May", date(2025, 5, 1), date(2025, 5, 31), False, id="in English"),
        pytest.param("volgende week", date(2025, 9, 22), date(2025, 9, 28), True, id="next week"),
        pytest.param("next month", date(2025, 10, 1), date(2025, 10, 31), True, id="next month"),
    ],
)
def test_a_period_of_a_question_is_found(text: str, first: date, last: date, has_year: bool) -> None:
    assert find_periods(text, AS_OF) == [Period(first, last, has_year)]


def test_a_day_is_no_period() -> None:
    assert find_periods("op 12 mei", AS_OF) == []


@given(DAYS)
def test_the_next_week_begins_on_a_monday_and_the_next_month_on_its_first_day(as_of: date) -> None:
    month, week = find_periods("komende maand of volgende week", as_of)
    assert (week.first.weekday(), week.first - as_of <= timedelta(days=7), week.first > as_of) == (0, True, True)
    assert (month.first.day, (month.last + timedelta(days=1)).day) == (1, 1)
    assert as_of < month.first <= as_of + timedelta(days=31)


def test_a_day_is_put_in_another_year() -> None:
    assert in_year(date(2025, 5, 3), 2026) == date(2026, 5, 3)
    assert in_year(date(2024, 2, 29), 2026) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Is 24 oktober 2025 op tijd?", [date(2025, 10, 24)], id="in full"),
        pytest.param("op 1 sept. 2024", [date(2024, 9, 1)], id="a month cut short"),
        pytest.param("op 3 mrt", [date(2026, 3, 3)], id="a month cut short without a year"),
        pytest.param("de 7e november", [date(2025, 11, 7)], id="an ordinal"),
        pytest.param("on the 7th of November", [date(2025, 11, 7)], id="an English ordinal"),
        pytest.param("on November 7, 2025", [date(2025, 11, 7)], id="the month first"),
        pytest.param("op 24-10-2025", [date(2025, 10, 24)], id="in figures"),
        pytest.param("van 1 oktober tot 7 november", [date(2025, 10, 1), date(2025, 11, 7)], id="two days in order"),
        pytest.param("kan dat morgen nog", [date(2025, 9, 21)], id="tomorrow"),
        pytest.param("Goede morgen, kan dat nog?", [], id="a greeting is no day"),
        pytest.param("overmorgen", [date(2025, 9, 22)], id="the day after tomorrow"),
        pytest.param("komende zondag", [date(2025, 9, 21)], id="the coming Sunday, asked on a Saturday"),
        pytest.param("aanstaande zaterdag", [date(2025, 9, 27)], id="the coming Saturday, asked on a Saturday"),
        pytest.param("op zondag", [], id="a weekday that may be any"),
        pytest.param("op 29 februari 2024", [date(2024, 2, 29)], id="a leap day"),
        pytest.param("op 29 februari 2025", [], id="a leap day in another year"),
        pytest.param("op 31 november", [], id="a day too many"),
        pytest.param("paragraaf 3.1 en 2.2", [], id="numbers of paragraphs"),
        pytest.param("contract 2025-2026", [], id="two years"),
        pytest.param("bel 088 35 35 732", [], id="a telephone number"),
        pytest.param("€ 200.000", [], id="an amount"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_days_of_a_question_are_found(text: str, expected: list[date]) -> None:
    assert days_in(text) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        pytest.param(date(2025, 9, 15), 5, date(2025, 9, 22), id="over a weekend"),
        pytest.param(date(2025, 9, 20), 1, date(2025, 9, 22), id="from a Saturday"),
        pytest.param(date(2025, 4, 17), 1, date(2025, 4, 18), id="Good Friday is a working day"),
        pytest.param(date(2025, 4, 18), 1, date(2025, 4, 22), id="over Easter"),
        pytest.param(date(2025, 4, 25), 1, date(2025, 4, 28), id="King's Day on the Saturday before Sunday 27 April"),
        pytest.param(date(2025, 5, 2), 1, date(2025, 5, 6), id="5 May in a lustrum year"),
        pytest.param(date(2026, 5, 4), 1, date(2026, 5, 5), id="5 May in another year"),
        pytest.param(date(2025, 12, 24), 1, date(2025, 12, 29), id="over Christmas and a weekend"),
        pytest.param(date(2025, 12, 31), 1, date(2026, 1, 2), id="over New Year"),
        pytest.param(date(2025, 9, 15), 0, date(2025, 9, 15), id="no days"),
    ],
)
def test_a_term_in_working_days_ends_on_its_last_working_day(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count) == expected


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 20))
def test_a_term_in_working_days_ends_on_a_weekday_and_not_too_early(start: date, count: int) -> None:
    end = add_working_days(start, count)
    assert end.weekday() < 5
    assert end >= start + timedelta(days=count)
    assert add_working_days(start, count - 1) < end


@pytest.mark.parametrize(
    ("lang", "expected"),
    [pytest.param("nl", "1 september 2025", id="Dutch"), pytest.param("en", "1 September 2025", id="English")],
)
def test_a_day_is_written_in_full(lang: str, expected: str) -> None:
    assert write_day(date(2025, 9, 1), lang) == expected


def test_a_day_is_read_from_its_numbers() -> None:
    assert parse_day("2025-10-24") == date(2025, 10, 24)


@pytest.mark.parametrize("text", ["2025-02-30", "24-10-2025", "morgen", "", "2025-13-01"])
def test_what_is_no_day_is_named(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text)
    assert str(caught.value) == f"'{text}' is geen bestaande dag. Schrijf een dag als 2025-10-24."


def test_today_is_a_day() -> None:
    assert abs(today() - date.today()) <= timedelta(days=1)
