from datetime import date, timedelta

import pytest

from assistant.flow import Assistant
from assistant.rules.timeline import timeline_of
from assistant.scope import ProviderType
from assistant.web.deadlines import Deadline, deadlines_of
from assistant.web.picture import draw_picture

TODAY = date(2025, 9, 20)


def deadlines(assistant: Assistant, provider_type: ProviderType, as_of: date = TODAY) -> list[Deadline]:
    return deadlines_of(timeline_of(assistant.rules.facts, provider_type, as_of), provider_type, as_of)


@pytest.mark.parametrize("provider_type", list(ProviderType))
def test_no_two_deadlines_cover_each_other(assistant: Assistant, provider_type: ProviderType) -> None:
    picture = draw_picture(deadlines(assistant, provider_type), TODAY)
    if picture is None:
        return
    for one in picture.dots:
        for other in picture.dots:
            apart = abs(one.y - other.y) >= 24 or other.x >= one.x + one.width + 7 or one.x >= other.x + other.width + 7
            assert one is other or apart


def test_a_vague_date_is_a_bar_and_an_exact_one_a_dot(assistant: Assistant) -> None:
    found = deadlines(assistant, ProviderType.VRIJGEVESTIGD)
    picture = draw_picture(found, TODAY)
    assert picture is not None
    assert [dot.width > 0 for dot in picture.dots] == [deadline.is_vague for deadline in found]


@pytest.mark.parametrize("days", [-700, -30, 0, 60, 700])
def test_today_is_in_the_picture_years_around_the_deadlines(assistant: Assistant, days: int) -> None:
    day = TODAY + timedelta(days)
    picture = draw_picture(deadlines(assistant, ProviderType.CBT, day), day)
    assert picture is not None
    assert picture.today is not None
    assert 0 <= picture.today <= 100
    assert 1 < sum(bool(tick.name) for tick in picture.ticks) <= 9


def test_without_deadlines_there_is_no_picture() -> None:
    assert draw_picture([], TODAY) is None
