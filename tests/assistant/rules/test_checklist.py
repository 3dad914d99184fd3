import pytest

from assistant.errors import UsageError
from assistant.rules.checklist import Standing, checklists, evidence_keys
from assistant.rules.commands import parse_have
from assistant.rules.inputs import ContradictoryInputError, quote_for
from assistant.rules.model import Fact, Kind
from assistant.rules.render import checklist_lines
from assistant.scope import ProviderType


def test_every_requirement_of_the_table_is_a_fact_and_every_key_is_known(by_id: dict[str, Fact]) -> None:
    table = evidence_keys()
    for identifier, proof in table.requirements.items():
        assert by_id[identifier].entry.kind is Kind.REQUIREMENT
        assert set(proof.one_of) <= table.keys.keys()


def test_every_key_meets_something_but_the_one_that_falls_short() -> None:
    table = evidence_keys()
    used = {key for proof in table.requirements.values() for key in proof.one_of}
    assert table.keys.keys() - used == {"lvvp-lid-5-jaar-of-langer"}


def test_every_requirement_stands_once(facts: list[Fact]) -> None:
    for provider_type in ProviderType:
        groups = checklists(facts, provider_type, frozenset())
        ids = [check.fact.id for group in groups for check in group.checks]
        assert len(ids) == len(set(ids))
        assert len({identifier.split(".")[0] for identifier in ids}) == 1


def test_an_unknown_key_is_refused_with_the_known_ones(facts: list[Fact]) -> None:
    with pytest.raises(UsageError, match=r"Onbekend: 'kibgg'\. Kies uit: .*kibg, .*lvvp, "):
        checklists(facts, ProviderType.VRIJGEVESTIGD, frozenset({"kibgg"}))


@pytest.mark.parametrize(
    "have",
    [
        pytest.param({"kibg", "kibg-aspirant"}, id="keurmerk and aspirant"),
        pytest.param({"lvvp-lid-korter-dan-5-jaar", "lvvp-lid-5-jaar-of-langer"}, id="under and over five years"),
    ],
)
def test_keys_that_exclude_each_other_are_refused(have: set[str], facts: list[Fact]) -> None:
    with pytest.raises(ContradictoryInputError, match="niet allebei"):
        checklists(facts, ProviderType.VRIJGEVESTIGD, frozenset(have))


def test_without_anything_said_nothing_is_missing(facts: list[Fact]) -> None:
    for provider_type in ProviderType:
        groups = checklists(facts, provider_type, frozenset())
        assert {check.standing for group in groups for check in group.checks} == {Standing.NOT_STATED}


def test_a_psychiater_is_asked_for_no_certificate(facts: list[Fact]) -> None:
    groups = checklists(facts, ProviderType.PSYCHIATER, frozenset({"kwaliteitsstatuut"}))
    assert not [check for group in groups for check in group.checks if "kibg" in check.keys]


def test_every_line_of_the_list_has_its_sentence(facts: list[Fact]) -> None:
    have = frozenset({"kibg", "lvvp"})
    groups = checklists(facts, ProviderType.VRIJGEVESTIGD, have)
    lines = list(checklist_lines(groups, ProviderType.VRIJGEVESTIGD, have))
    count = sum(len(group.checks) for group in groups)
    assert sum("pagina" in line for line in lines) == count
    assert "Voldaan: 3. Ontbreekt: 3." in "\n".join(lines)


def test_a_key_that_does_not_count_for_the_type_is_named(facts: list[Fact]) -> None:
    have = frozenset({"nvoi", "kibg"})
    groups = checklists(facts, ProviderType.VRIJGEVESTIGD, have)
    assert "Telt hier niet mee: nvoi" in list(checklist_lines(groups, ProviderType.VRIJGEVESTIGD, have))


def test_the_sentence_comes_from_the_list_of_the_type(by_id: dict[str, Fact]) -> None:
    fact = by_id["2025-mondzorg.requirement.iso-hkz"]
    headings = [
        quote_for(fact, kind).heading_path[-1] for kind in (ProviderType.IMPLANTOLOGIE, ProviderType.TANDPROTHETIEK)
    ]
    assert headings == ["Implantologie – randvoorwaarden", "Tandprothetische zorg – randvoorwaarden"]


def test_have_is_read_without_spaces_and_capitals() -> None:
    assert parse_have(" KiBG, lvvp,,") == {"kibg", "lvvp"}
