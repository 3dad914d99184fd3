from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from assistant.errors import UsageError
from assistant.rules.checklist import Standing, checklists
from assistant.rules.decisions import authorisation, may_still, procedure_for
from assistant.rules.inputs import ContradictoryInputError, MissingInputError, NotInPolicyError
from assistant.rules.model import Fact, WhenEntry
from assistant.rules.state import date_state
from assistant.rules.terms import last_signing_day, start_date, term_end
from assistant.scope import ProviderType

CASES = Path(__file__).parent / "cases"
ERRORS: dict[str, type[UsageError]] = {
    "missing": MissingInputError,
    "contradictory": ContradictoryInputError,
    "not_in_policy": NotInPolicyError,
}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


class Refusable(Strict):
    raises: Literal["missing", "contradictory", "not_in_policy"] | None = None
    names: list[str] = []


class Expected(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: str
    allowed: bool | None = None
    last_day: date | None
    days_left: int | None


class DeadlineCase(Strict):
    fact: str
    provider_type: ProviderType
    as_of: date
    expect: Expected


class StateCase(Strict):
    when: WhenEntry | None
    as_of: date
    expect: Expected


class TermCase(Refusable):
    fact: str
    event: date | None
    expect: date | None = None


class SigningCase(Refusable):
    provider_type: ProviderType
    offered: date | None
    expect: date | None = None


class Started(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start: str
    day: date | None


class StartCase(Refusable):
    provider_type: ProviderType
    applied: date | None
    offered: date | None
    expect: Started | None = None


class SizeCase(Refusable):
    provider_type: ProviderType | None = None
    claims_burden: float | None = None
    integrated: bool | None = None
    expect: ProviderType | None = None


class StayCase(Refusable):
    provider_type: ProviderType | None
    addiction: bool | None
    letter: str | None
    expect: bool | None = None


class RequirementCase(Strict):
    provider_type: ProviderType
    have: list[str]
    fact: str
    expect: Standing


def cases(model: type[Strict], *names: str) -> list[Any]:
    """Read the cases of some files; the name of a case is its test id."""
    raw = [entry for name in names for entry in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))]
    return [pytest.param(model.model_validate(entry), id=entry["name"]) for entry in raw]


@pytest.mark.parametrize("case", cases(DeadlineCase, "deadlines", "vague"))
def test_dates_of_the_policies(case: DeadlineCase, by_id: dict[str, Fact]) -> None:
    fact = by_id[case.fact]
    decided = may_still(fact, case.as_of)
    assert case.provider_type in fact.types
    assert decided.fact == case.fact
    assert decided.allowed is case.expect.allowed
    found = (decided.state.state, decided.state.last_day, decided.state.days_left)
    assert found == (case.expect.state, case.expect.last_day, case.expect.days_left)


@pytest.mark.parametrize("case", cases(StateCase, "states"))
def test_states_of_dates(case: StateCase) -> None:
    found = date_state(case.when, case.as_of)
    assert (found.state, found.last_day, found.days_left) == (
        case.expect.state,
        case.expect.last_day,
        case.expect.days_left,
    )


@pytest.mark.parametrize("case", cases(TermCase, "terms"))
def test_terms(case: TermCase, by_id: dict[str, Fact]) -> None:
    if case.raises:
        refuses(case, lambda: term_end(by_id[case.fact], case.event))
        return
    decided = term_end(by_id[case.fact], case.event)
    assert (decided.day, decided.facts) == (case.expect, (case.fact,))


@pytest.mark.parametrize("case", cases(SigningCase, "signing"))
def test_signing(case: SigningCase, facts: list[Fact]) -> None:
    if case.raises:
        refuses(case, lambda: last_signing_day(facts, case.provider_type, case.offered))
        return
    decided = last_signing_day(facts, case.provider_type, case.offered)
    assert decided.day == case.expect
    assert decided.facts


@pytest.mark.parametrize("case", cases(StartCase, "starting"))
def test_starting(case: StartCase, facts: list[Fact]) -> None:
    if case.raises:
        refuses(case, lambda: start_date(facts, case.provider_type, case.applied, case.offered))
        return
    decided = start_date(facts, case.provider_type, case.applied, case.offered)
    assert case.expect
    assert (decided.start, decided.day) == (case.expect.start, case.expect.day)
    assert decided.facts


@pytest.mark.parametrize("case", cases(SizeCase, "sizes"))
def test_sizes(case: SizeCase, facts: list[Fact]) -> None:
    if case.raises:
        refuses(case, lambda: procedure_for(facts, case.provider_type, case.claims_burden, case.integrated))
        return
    decided = procedure_for(facts, case.provider_type, case.claims_burden, case.integrated)
    assert decided.provider_type == case.expect
    assert decided.facts


@pytest.mark.parametrize("case", cases(StayCase, "stays"))
def test_stays(case: StayCase, facts: list[Fact]) -> None:
    if case.raises:
        refuses(case, lambda: authorisation(facts, case.provider_type, case.addiction, case.letter))
        return
    decided = authorisation(facts, case.provider_type, case.addiction, case.letter)
    assert decided.required is case.expect
    assert decided.facts


@pytest.mark.parametrize("case", cases(RequirementCase, "requirements"))
def test_requirements(case: RequirementCase, facts: list[Fact]) -> None:
    groups = checklists(facts, case.provider_type, frozenset(case.have))
    found = [check for group in groups for check in group.checks if check.fact.id == case.fact]
    assert [check.standing for check in found] == [case.expect]


def refuses(case: Refusable, decide: Any) -> None:
    """Check that a decision is refused, and which inputs it asks for."""
    assert case.raises
    with pytest.raises(ERRORS[case.raises]) as caught:
        decide()
    if isinstance(caught.value, MissingInputError):
        assert list(caught.value.names) == case.names
