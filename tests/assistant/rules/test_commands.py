from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.errors import FactsError
from assistant.rules.commands import FINE, FOUND, WRONG_USE, checklist, deadlines, rules_check
from assistant.scope import ProviderType

TODAY = date(2025, 9, 20)


def test_the_facts_pass_their_check() -> None:
    lines: list[str] = []
    code = rules_check(lines.append, TODAY)
    assert [line for line in lines if line.startswith("FOUT")] == []
    assert code == FINE
    assert " 0 open." in lines[1]


def test_deadlines_writes_a_calendar_and_says_so(tmp_path: Path) -> None:
    lines: list[str] = []
    path = tmp_path / "termijnen.ics"
    assert deadlines(lines.append, ProviderType.VRIJGEVESTIGD, TODAY, path) == FINE
    assert len(list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))) == 5
    assert lines[-1] == f"Kalender geschreven naar {path}; aantal dagen erin: 5."


def test_vague_dates_are_listed_on_screen() -> None:
    lines: list[str] = []
    deadlines(lines.append, ProviderType.VRIJGEVESTIGD, TODAY)
    after = lines[lines.index("Zonder vaste dag (niet in de kalender):") :]
    assert "half september 2025" in after[1]


def test_a_calendar_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    lines: list[str] = []
    assert deadlines(lines.append, ProviderType.CBT, TODAY, tmp_path / "no" / "x.ics") == WRONG_USE
    assert "niet te schrijven" in lines[-1]


def test_checklist_prints_the_totals() -> None:
    lines: list[str] = []
    assert checklist(lines.append, ProviderType.CBT, frozenset({"erkenning"})) == FINE
    assert any(line.startswith("Voldaan: 1.") for line in lines)


def test_facts_that_do_not_load_fail_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise FactsError("facts.yaml: 2026-ggz.x, sleutel quotes: deze zin staat niet letterlijk in het beleid")

    monkeypatch.setattr("assistant.rules.commands.load_facts", broken)
    lines: list[str] = []
    assert rules_check(lines.append, TODAY) == FOUND
    assert "sleutel quotes" in lines[0]
