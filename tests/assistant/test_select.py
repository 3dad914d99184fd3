from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.rules.lookup import FactLookup, Lookup, Match
from assistant.scope import ProviderType
from assistant.select import CONFIDENT, POSSIBLE, Finding, Outcome, is_confident, is_yes_no, narrow, select, told_topics
from assistant.understand import Query
from index.chunks import Chunk, split_chunks
from index.documents import Document
from index.search import Passage

AskQuery = Callable[..., Query]
Choose = Callable[..., Finding]
BOTH = {"2025-mondzorg", "2026-ggz"}
GGZ_DEADLINE, BOTH_SAY, CENTRE = (
    "2026-ggz.deadline.vragenlijst",
    "2026-ggz.procedure.terugwerkend",
    "2025-mondzorg.deadline.cbt",
)
ROW = "Deadline vragenlijst via VECOZO 24 oktober 2025"


@pytest.fixture
def choose(few_rules: FactLookup) -> Choose:
    """Return a function that selects from facts with their scores, "outside" being the best beyond the scope."""

    def run(
        query: Query,
        *scored: tuple[str, float],
        outside: tuple[str, float] | None = None,
        passages: tuple[Passage, ...] = (),
    ) -> Finding:
        matches = tuple(Match(few_rules.fact(identifier), score) for identifier, score in scored)
        beyond = Match(few_rules.fact(outside[0]), outside[1]) if outside else None
        return select(query, Lookup(query.parts[0], matches, beyond), few_rules, list(passages))

    return run


@pytest.fixture(scope="module")
def row(documents: list[Document]) -> Chunk:
    return next(chunk for chunk in split_chunks(documents[1]) if chunk.text == ROW)


def ids(finding: Finding) -> list[str]:
    return [match.fact.id for match in finding.matches]


def test_a_fact_that_fits_well_answers(ask_query: AskQuery, choose: Choose) -> None:
    finding = choose(ask_query("Wat is de deadline van de vragenlijst?"), ("2026-ggz.deadline.vragenlijst", CONFIDENT))
    assert (finding.outcome, ids(finding)) == (Outcome.FACTS, ["2026-ggz.deadline.vragenlijst"])


@pytest.mark.parametrize(
    ("score", "has_row", "outcome"),
    [
        pytest.param(CONFIDENT, False, Outcome.FACTS, id="well enough on its own"),
        pytest.param(POSSIBLE, True, Outcome.FACTS, id="with a passage that says the same"),
        pytest.param(POSSIBLE, False, Outcome.NOTHING, id="without that passage"),
        pytest.param(POSSIBLE - 0.01, True, Outcome.PASSAGES, id="too badly: the passage itself answers"),
    ],
)
def test_a_fact_that_fits_less_needs_a_passage(
    score: float, has_row: bool, outcome: Outcome, ask_query: AskQuery, choose: Choose, row: Chunk
) -> None:
    passages = (Passage(row, 1.0, 2.0, 1.0),) if has_row else ()
    query = ask_query("Wat is de deadline van de vragenlijst?")
    assert choose(query, ("2026-ggz.deadline.vragenlijst", score), passages=passages).outcome is outcome


def test_a_passage_that_tells_too_little_is_not_shown(ask_query: AskQuery, choose: Choose, row: Chunk) -> None:
    finding = choose(ask_query("Hoe oud is de zon?"), passages=(Passage(row, 1.0, 2.0, 0.0),))
    assert (finding.outcome, finding.passages) == (Outcome.NOTHING, ())


def test_nothing_that_fits_is_nothing(ask_query: AskQuery, choose: Choose) -> None:
    assert choose(ask_query("Hoe oud is de zon?")).outcome is Outcome.NOTHING


@pytest.mark.parametrize(
    ("provider_type", "outcome", "expected"),
    [
        pytest.param(
            None, Outcome.CASES, ["2026-ggz.deadline.tekenen", "2026-ggz.term.tekenen"], id="nobody in particular"
        ),
        pytest.param(ProviderType.PSYCHIATER, Outcome.FACTS, ["2026-ggz.deadline.tekenen"], id="a psychiatrist"),
        pytest.param(ProviderType.GEINTEGREERD, Outcome.FACTS, ["2026-ggz.term.tekenen"], id="an institution"),
    ],
)
def test_facts_of_one_topic_are_cases_for_those_who_may_ask(
    provider_type: ProviderType | None, outcome: Outcome, expected: list[str], ask_query: AskQuery, choose: Choose
) -> None:
    finding = choose(ask_query("Wat is de uiterste tekendatum?", provider_type=provider_type), (expected[0], 2.0))
    assert (finding.outcome, ids(finding)) == (outcome, expected)


def test_facts_of_two_policies_that_say_the_same_are_one(ask_query: AskQuery, choose: Choose) -> None:
    finding = choose(ask_query("Kan het met terugwerkende kracht?"), ("2026-ggz.procedure.terugwerkend", 2.0))
    assert (finding.outcome, ids(finding)) == (Outcome.FACTS, ["2026-ggz.procedure.terugwerkend"])
    assert [fact.id for fact in finding.same["2026-ggz.procedure.terugwerkend"]] == [
        "2025-mondzorg.procedure.terugwerkend"
    ]


def test_facts_of_two_policies_that_differ_are_cases(ask_query: AskQuery, choose: Choose) -> None:
    finding = choose(ask_query("Wanneer wordt gepubliceerd?"), ("2026-ggz.deadline.publicatie", 2.0))
    assert (finding.outcome, ids(finding)) == (
        Outcome.CASES,
        ["2026-ggz.deadline.publicatie", "2025-mondzorg.deadline.publicatie"],
    )


def test_a_second_fact_that_fits_nearly_as_well_is_told_too(ask_query: AskQuery, choose: Choose) -> None:
    query = ask_query("Wanneer komt de vragenlijst?", provider_type=ProviderType.VRIJGEVESTIGD)
    near = choose(query, ("2026-ggz.deadline.aanbieding", 2.0), ("2026-ggz.deadline.vragenlijst", 1.9))
    assert ids(near) == ["2026-ggz.deadline.aanbieding", "2026-ggz.deadline.vragenlijst"]
    far = choose(query, ("2026-ggz.deadline.aanbieding", 2.0), ("2026-ggz.deadline.vragenlijst", 1.3))
    assert ids(far) == ["2026-ggz.deadline.aanbieding"]


def test_a_second_fact_is_never_of_the_other_policy(ask_query: AskQuery, choose: Choose) -> None:
    near = choose(
        ask_query("Wanneer komt de vragenlijst?", provider_type=ProviderType.VRIJGEVESTIGD),
        ("2026-ggz.deadline.aanbieding", 2.0),
        ("2025-mondzorg.deadline.cbt", 1.9),
    )
    assert ids(near) == ["2026-ggz.deadline.aanbieding"]


@pytest.mark.parametrize(
    ("asked", "outside", "outcome"),
    [
        pytest.param(
            {"provider_type": ProviderType.PAAZ_PUK},
            ("2026-ggz.deadline.vragenlijst", 2.0),
            Outcome.OTHER_TYPES,
            id="other providers of the sector",
        ),
        pytest.param(
            {"provider_type": ProviderType.CBT},
            ("2026-ggz.deadline.vragenlijst", 2.0),
            Outcome.OTHER_POLICY,
            id="the other policy",
        ),
        pytest.param(
            {"provider_type": ProviderType.CBT},
            ("2026-ggz.deadline.vragenlijst", CONFIDENT - 0.01),
            Outcome.NOTHING,
            id="too badly to be sure",
        ),
    ],
)
def test_what_fits_only_outside_the_scope_is_told_apart(
    asked: dict[str, ProviderType], outside: tuple[str, float], outcome: Outcome, ask_query: AskQuery, choose: Choose
) -> None:
    assert choose(ask_query("Wanneer moet de lijst binnen zijn?", **asked), outside=outside).outcome is outcome


def test_the_rules_are_confident_from_their_threshold_on(ask_query: AskQuery, few_rules: FactLookup) -> None:
    part = ask_query("Wat is de deadline?").parts[0]
    match = Match(few_rules.fact("2026-ggz.deadline.vragenlijst"), CONFIDENT)
    assert is_confident(Lookup(part, (match,), None))
    assert not is_confident(Lookup(part, (replace(match, score=CONFIDENT - 0.01),), None))
    assert not is_confident(Lookup(part, (), match))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Mag ik tekenen?", True, id="yes or no"),
        pytest.param("Kan ik nog tekenen?", True, id="still"),
        pytest.param("Wanneer moet ik tekenen?", False, id="open"),
    ],
)
def test_only_a_closed_question_wants_yes_or_no(question: str, expected: bool, ask_query: AskQuery) -> None:
    assert is_yes_no(ask_query(question).parts[0]) is expected


def test_the_topics_that_are_told_are_those_of_the_findings(ask_query: AskQuery, choose: Choose) -> None:
    finding = choose(ask_query("Wat is de deadline van de vragenlijst?"), ("2026-ggz.deadline.vragenlijst", CONFIDENT))
    assert list(told_topics([finding])) == ["vragenlijst"]


@pytest.mark.parametrize(
    ("question", "facts", "policies"),
    [
        pytest.param("Wat is A? Wat is B?", (GGZ_DEADLINE, BOTH_SAY), {"2026-ggz"}, id="one of two is of one policy"),
        pytest.param("Wat is A? Wat is B?", (GGZ_DEADLINE, CENTRE), BOTH, id="of one policy each"),
        pytest.param("Wat is A?", (GGZ_DEADLINE,), BOTH, id="one question only"),
    ],
)
def test_who_asks_two_things_asks_as_one_provider(
    question: str, facts: tuple[str, ...], policies: set[str], ask_query: AskQuery, few_rules: FactLookup
) -> None:
    query = ask_query(question)
    twin = few_rules.fact("2025-mondzorg.procedure.terugwerkend")
    findings = [
        Finding(
            part, Outcome.FACTS, (Match(few_rules.fact(fact), 1.0),), same={fact: (twin,)} if fact == BOTH_SAY else {}
        )
        for part, fact in zip(query.parts, facts, strict=True)
    ]
    assert narrow(query, findings).scope.policies == policies


def test_a_sector_that_was_named_stays(ask_query: AskQuery, few_rules: FactLookup) -> None:
    query = ask_query("Wat is A voor de mondzorg? En wat is B voor de ggz?")
    findings = [Finding(part, Outcome.FACTS, (Match(few_rules.fact(GGZ_DEADLINE), 1.0),)) for part in query.parts]
    assert narrow(query, findings) == query
