from collections.abc import Callable
from datetime import date

import pytest

from assistant.answer import Composer, Contact, Option, Status
from assistant.compose import compose
from assistant.draft import Draft
from assistant.rules.lookup import FactLookup, Match
from assistant.scope import ProviderType
from assistant.select import Finding, Outcome
from assistant.understand import Query
from index.chunks import split_chunks
from index.documents import Document
from index.search import Passage

AskQuery = Callable[..., Query]
CARESQ = Contact("Caresq, vragen over zorginkoop", "zorginkoop@caresq.nl", "www.caresq.nl", "088 35 35 732")
SOLO = ProviderType.VRIJGEVESTIGD
Write = Callable[..., Draft]


@pytest.fixture
def write(few_rules: FactLookup, documents: list[Document]) -> Write:
    """Return a function that composes the answer to a query from facts, one finding for every part."""

    def compose_facts(query: Query, *ids: str, outcome: Outcome = Outcome.FACTS) -> Draft:
        matches = tuple(Match(few_rules.fact(identifier), 2.0) for identifier in ids)
        return compose(query, [Finding(query.parts[0], outcome, matches)], documents, few_rules)

    return compose_facts


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(
            date(2025, 9, 20),
            "De deadline is **24 oktober 2025**. [1] U hebt nog 34 dagen, tot en met 24 oktober 2025.",
            id="weeks before",
        ),
        pytest.param(
            date(2025, 10, 23),
            "De deadline is **24 oktober 2025**. [1] U hebt nog 1 dag, tot en met 24 oktober 2025.",
            id="the day before",
        ),
        pytest.param(date(2025, 10, 24), "De deadline is **24 oktober 2025**. [1] Dat is vandaag.", id="the last day"),
        pytest.param(
            date(2025, 10, 25),
            "Dit is het beleid voor 2026 en deze datum is voorbij; een later beleid is hier niet bekend. "
            "De deadline is **24 oktober 2025**. [1] De laatste dag was 24 oktober 2025, 1 dag geleden.",
            id="the day after",
        ),
    ],
)
def test_a_deadline_is_told_with_the_days_that_are_left(
    as_of: date, expected: str, ask_query: AskQuery, write: Write
) -> None:
    assert write(ask_query("Wat is de deadline?", as_of), "2026-ggz.deadline.vragenlijst").text == expected


@pytest.mark.parametrize(
    ("question", "as_of", "expected"),
    [
        pytest.param(
            "Kan ik de vragenlijst nog invullen?",
            date(2025, 10, 23),
            "Ja, dat kan nog: u hebt tot en met 24 oktober 2025 (1 dag).",
            id="still open",
        ),
        pytest.param(
            "Kan ik de vragenlijst nog invullen?",
            date(2025, 10, 24),
            "Ja, maar alleen vandaag nog: 24 oktober 2025 is de laatste dag.",
            id="closes today",
        ),
        pytest.param(
            "Kan ik de vragenlijst nog invullen?",
            date(2025, 10, 26),
            "Nee, dat kan niet meer: de laatste dag was 24 oktober 2025 (2 dagen geleden).",
            id="closed",
        ),
        pytest.param(
            "Can I still submit the questionnaire?",
            date(2025, 10, 26),
            "No, not any more: the last day was 24 October 2025 (2 days ago).",
            id="closed, in English",
        ),
    ],
)
def test_whether_one_still_can_is_answered_first(
    question: str, as_of: date, expected: str, ask_query: AskQuery, write: Write
) -> None:
    draft = write(ask_query(question, as_of), "2026-ggz.deadline.vragenlijst")
    assert draft.text.startswith(expected + " ")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param("Kan ik de vragenlijst op 24 oktober 2025 nog invullen?", "Ja. De", id="the last day"),
        pytest.param("Kan ik de vragenlijst op 25 oktober 2025 nog invullen?", "Nee. De", id="the day behind it"),
        pytest.param("Ben ik op 25 oktober te laat met de vragenlijst?", "Ja. De", id="too late"),
        pytest.param("Ik doe het komende zondag. Ben ik dan nog op tijd?", "Nee. De", id="a day told before"),
        pytest.param("Kan ik volgende week nog invullen?", "Nee. De", id="next week"),
        pytest.param("Kan ik eind november de vragenlijst nog invullen?", "Nee. De", id="the end of a month"),
        pytest.param("Kan ik deze maand of eind oktober nog invullen?", "Ja, dat kan nog", id="days on both sides"),
        pytest.param("Ik ben morgen tot 30 oktober weg. Kan het dan nog?", "Nee. De", id="the last day told"),
        pytest.param("Ik wil dat eind november doen, kan dat nog?", "Nee. De", id="told in the same sentence"),
        pytest.param("Morgen heb ik vrij, ben ik vandaag nog op tijd?", "Ja, dat kan nog", id="today, not tomorrow"),
        pytest.param("Ik kreeg de mail op 1 oktober. Kan ik nog invullen?", "Ja, dat kan nog", id="a day that is past"),
        pytest.param(
            "Ik ben morgen vrij. Kan ik de vragenlijst nog invullen?", "Ja, dat kan", id="not pointed back to"
        ),
    ],
)
def test_whether_one_still_can_on_a_later_day_turns_on_that_day(
    question: str, first: str, ask_query: AskQuery, write: Write
) -> None:
    query = ask_query(question, date(2025, 10, 22))
    assert write(query, "2026-ggz.deadline.vragenlijst").text.startswith(first)


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        pytest.param(date(2025, 10, 23), "Nee", id="before the last day"),
        pytest.param(date(2025, 10, 24), "Nee", id="on the last day"),
        pytest.param(date(2025, 10, 25), "Ja", id="after the last day"),
    ],
)
def test_whether_one_is_too_late_turns_yes_and_no_round(
    as_of: date, first: str, ask_query: AskQuery, write: Write
) -> None:
    draft = write(ask_query("Ben ik te laat met de vragenlijst?", as_of), "2026-ggz.deadline.vragenlijst")
    assert draft.text.startswith(first)


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        pytest.param(date(2024, 8, 31), "Ja, maar alleen vandaag nog: 31 augustus 2024", id="the last day"),
        pytest.param(
            date(2024, 9, 1), "Nee, dat kan niet meer: de laatste dag was 31 augustus 2024", id="the day itself"
        ),
    ],
)
def test_before_a_day_excludes_it(as_of: date, first: str, ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Kan een CBT nog aanvragen?", as_of), "2025-mondzorg.deadline.cbt")
    assert draft.text.startswith(first)


@pytest.mark.parametrize(
    ("as_of", "state", "text"),
    [
        pytest.param(date(2025, 8, 31), "not_yet_open", "De vragenlijst komt **half september 2025**. [1]", id="ahead"),
        pytest.param(date(2025, 9, 1), "vague", "De vragenlijst komt **half september 2025**. [1]", id="perhaps"),
        pytest.param(date(2025, 9, 30), "vague", "De vragenlijst komt **half september 2025**. [1]", id="perhaps past"),
        pytest.param(
            date(2025, 10, 1),
            "closed",
            "Dit is het beleid voor 2026 en deze datum is voorbij; een later beleid is hier niet bekend. "
            "De vragenlijst komt **half september 2025**. [1]",
            id="past",
        ),
    ],
)
def test_a_vague_date_gets_no_day(as_of: date, state: str, text: str, ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Wanneer komt de vragenlijst?", as_of), "2026-ggz.deadline.aanbieding")
    (fact,) = draft.answer_facts
    assert (draft.text, fact.state, fact.date, fact.days_left) == (text, state, None, None)


@pytest.mark.parametrize(
    ("as_of", "end", "state", "days_left"),
    [
        pytest.param(date(2025, 11, 10), " Dat is over 2 dagen.", "not_yet_open", 2, id="ahead"),
        pytest.param(date(2025, 11, 12), "", "open", None, id="on the day"),
    ],
)
def test_a_date_that_starts_something_has_no_last_day(
    as_of: date, end: str, state: str, days_left: int | None, ask_query: AskQuery, write: Write
) -> None:
    draft = write(ask_query("Wanneer wordt gepubliceerd?", as_of), "2026-ggz.deadline.publicatie")
    (fact,) = draft.answer_facts
    assert draft.text == f"De publicatie begint **12 november 2025**. [1]{end}"
    assert (fact.state, fact.days_left, fact.date) == (state, days_left, "2025-11-12")


def test_a_day_after_the_year_of_the_policy_is_said_first(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Wat is terugwerkende kracht?", date(2027, 1, 1)), "2026-ggz.procedure.terugwerkend")
    assert draft.text == (
        "Dit is het beleid voor 2026; een later beleid is hier niet bekend. "
        "Caresq sluit **geen overeenkomsten met terugwerkende kracht**. [1]"
    )


def test_a_term_is_counted_from_the_day_that_the_question_names(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Het aanbod kwam op 1 oktober 2025, wanneer moet een geïntegreerde instelling tekenen?")
    assert write(query, "2026-ggz.term.tekenen").text == (
        "U tekent binnen **4 weken na aanbieding**. [1] Vanaf 1 oktober 2025 zijn 4 weken: tot en met 29 oktober 2025."
    )


@pytest.mark.parametrize(
    ("question", "as_of", "end"),
    [
        pytest.param(
            "op 12 maart", date(2025, 11, 1), " Bij een aanvraag op 12 maart 2026 is dat 1 april 2026.", id="day"
        ),
        pytest.param("in mei", date(2025, 11, 1), " Bij een aanvraag in mei 2026 is dat 1 juni 2026.", id="month"),
        pytest.param("nu", date(2026, 2, 3), " Bij een aanvraag op 3 februari 2026 is dat 1 maart 2026.", id="today"),
        pytest.param("eens", date(2026, 2, 3), " Bij een aanvraag op 3 februari 2026 is dat 1 maart 2026.", id="none"),
        pytest.param("eens", date(2025, 11, 1), "", id="today before the contract year"),
        pytest.param("in december", date(2026, 2, 3), "", id="a start after the contract year"),
    ],
)
def test_a_start_on_the_first_of_a_month_is_told_for_the_day_of_the_application(
    question: str, as_of: date, end: str, ask_query: AskQuery, write: Write
) -> None:
    query = ask_query(f"Ik vraag {question} aan, wanneer gaat het contract in?", as_of)
    assert write(query, "2026-ggz.term.ingang").text == f"Het contract begint **de maand na de aanvraag**. [1]{end}"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param("Kan een overeenkomst met terugwerkende kracht?", "Nee. Caresq", id="denied"),
        pytest.param("Is terugwerkende kracht uitgesloten?", "Ja. Caresq", id="affirmed"),
        pytest.param("Met welke datum gaat een overeenkomst in?", "Caresq", id="an open question"),
    ],
)
def test_a_yes_no_question_is_answered_with_its_side_first(
    question: str, first: str, ask_query: AskQuery, write: Write
) -> None:
    assert write(ask_query(question), "2026-ggz.procedure.terugwerkend").text.startswith(first)


def test_what_is_answered_with_a_side_comes_before_what_is_open(
    ask_query: AskQuery, few_rules: FactLookup, documents: list[Document]
) -> None:
    query = ask_query("Tot wanneer kan ik tekenen? Mag dat met terugwerkende kracht?")
    signing, retroactive = (
        Match(few_rules.fact(f"2026-ggz.{name}"), 2.0) for name in ("deadline.tekenen", "procedure.terugwerkend")
    )
    findings = [
        Finding(part, Outcome.FACTS, (match,)) for part, match in zip(query.parts, (signing, retroactive), strict=True)
    ]
    text = compose(query, findings, documents, few_rules).text
    assert text.startswith("Nee. ")
    assert text.index("terugwerkende") < text.index("7 november 2025")


def test_cases_are_told_one_by_one_with_options(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Wat is de uiterste tekendatum?", date(2025, 11, 1))
    draft = write(query, "2026-ggz.deadline.tekenen", "2026-ggz.term.tekenen", outcome=Outcome.CASES)
    solo = "vrijgevestigden, vrijgevestigde psychiaters, instellingen met digitaal aanbod"
    others = "instellingen met onderhandeling, geïntegreerde aanbieders"
    assert draft.text == (
        "Dat verschilt per soort zorgaanbieder:\n\n"
        f"- **V{solo[1:]} (2026)**: U tekent uiterlijk **7 november 2025**. [1] U hebt nog 6 dagen, tot en met"
        " 7 november 2025.\n"
        f"- **I{others[1:]} (2026)**: U tekent binnen **4 weken na aanbieding**. [2]"
    )
    assert [option.label for option in draft.options] == [solo, others]
    assert all(option.question.startswith("Wat is de uiterste tekendatum?") for option in draft.options)
    assert draft.status is Status.ANSWERED
    assert isinstance(draft.options[0], Option)


def test_cases_of_two_sectors_ask_back_as_well(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Wanneer wordt gepubliceerd?", date(2025, 11, 1))
    draft = write(query, "2026-ggz.deadline.publicatie", "2025-mondzorg.deadline.publicatie", outcome=Outcome.CASES)
    assert draft.status is Status.CLARIFY
    assert {citation.policy for citation in draft.citations} == {"2025-mondzorg", "2026-ggz"}
    assert len(draft.options) == 2


def test_what_is_answered_first_is_answered_although_a_second_part_asks_back(
    ask_query: AskQuery, few_rules: FactLookup, documents: list[Document]
) -> None:
    query = ask_query("Is terugwerkende kracht uitgesloten? En wanneer wordt gepubliceerd?")
    names = ["2026-ggz.procedure.terugwerkend", "2026-ggz.deadline.publicatie", "2025-mondzorg.deadline.publicatie"]
    first, *cases = (Match(few_rules.fact(name), 2.0) for name in names)
    findings = [
        Finding(query.parts[0], Outcome.FACTS, (first,)),
        Finding(query.parts[1], Outcome.CASES, tuple(cases)),
    ]
    draft = compose(query, findings, documents, few_rules)
    assert draft.status is Status.ANSWERED
    assert len(draft.options) == 2


def test_a_list_names_each_item_with_its_label_and_marker(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Wat is de planning?"), "2026-ggz.list.planning")
    assert draft.text == (
        "De planning heeft deze data:\n\n"
        "- Deadline vragenlijst: 24 oktober 2025 [1]\n"
        "- Uiterste tekendatum: 7 november 2025 [2]"
    )
    assert [fact.id for fact in draft.answer_facts] == [
        "2026-ggz.deadline.vragenlijst",
        "2026-ggz.deadline.tekenen",
        "2026-ggz.list.planning",
    ]


def test_the_same_quote_keeps_its_marker_and_a_told_fact_is_not_told_again(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Wat is de planning?"), "2026-ggz.list.planning", "2026-ggz.deadline.vragenlijst")
    assert [citation.marker for citation in draft.citations] == [1, 2]
    assert draft.text.count("24 oktober 2025") == 1


def test_what_is_absent_is_refused_with_the_desk_that_can_help(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Is de opslag hoog?"), "2026-ggz.absent.opslag-hoogte")
    assert (draft.status, draft.text) == (Status.REFUSED, "Hoe hoog de opslag is, **staat niet in het beleid**.")
    assert draft.contact == Contact(
        "Aevitae, declaraties en vergoedingen", "zorgverlenersloket@aevitae.com", None, "088 35 35 792"
    )
    assert draft.citations == []


def test_the_other_policy_is_named_where_it_says_the_same(
    ask_query: AskQuery, few_rules: FactLookup, documents: list[Document]
) -> None:
    query = ask_query("Met welke datum gaat een overeenkomst in?")
    own, twin = (
        few_rules.fact("2026-ggz.procedure.terugwerkend"),
        few_rules.fact("2025-mondzorg.procedure.terugwerkend"),
    )
    finding = Finding(query.parts[0], Outcome.FACTS, (Match(own, 2.0),), same={own.id: (twin,)})
    assert compose(query, [finding], documents, few_rules).text == (
        "Caresq sluit **geen overeenkomsten met terugwerkende kracht**. [1] "
        "Hetzelfde staat in het Zorginkoopbeleid 2025 Mondzorg. [2]"
    )


def test_what_holds_for_others_is_said_to_hold_for_them(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Wanneer moet ik tekenen?", provider_type=ProviderType.PAAZ_PUK)
    draft = write(query, "2026-ggz.deadline.vragenlijst", outcome=Outcome.OTHER_TYPES)
    assert "vrijgevestigden, vrijgevestigde psychiaters, instellingen met digitaal aanbod" in draft.text
    assert draft.text.endswith("De deadline is **24 oktober 2025**. [1]")


def test_what_only_the_other_policy_says_is_not_told(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Wanneer vraagt mijn CBT aan?", policy="2026-ggz")
    draft = write(query, "2025-mondzorg.deadline.cbt", outcome=Outcome.OTHER_POLICY)
    assert (draft.status, draft.citations, draft.answer_facts) == (Status.REFUSED, [], [])
    assert "1 september" not in draft.text
    assert "zorginkoop@caresq.nl" in draft.text


def test_nothing_found_is_said_with_the_policies_and_the_desk(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("Hoe oud is de zon?"), outcome=Outcome.NOTHING)
    assert draft.text == (
        "Dat heb ik niet gevonden in het zorginkoopbeleid dat ik ken (Zorginkoopbeleid 2025 Mondzorg, "
        "Zorginkoopbeleid 2026 GGZ). Vraag het aan Caresq, vragen over zorginkoop: zorginkoop@caresq.nl."
    )
    assert (draft.status, draft.contact) == (Status.REFUSED, CARESQ)


def test_one_part_found_and_one_not_is_partial(
    ask_query: AskQuery, few_rules: FactLookup, documents: list[Document]
) -> None:
    query = ask_query("Wat is de deadline van de vragenlijst? Hoe oud is de zon eigenlijk?")
    first, second = query.parts
    findings = [
        Finding(first, Outcome.FACTS, (Match(few_rules.fact("2026-ggz.deadline.vragenlijst"), 2.0),)),
        Finding(second, Outcome.NOTHING),
    ]
    draft = compose(query, findings, documents, few_rules)
    assert draft.status is Status.PARTIAL
    assert draft.text.startswith("De deadline is **24 oktober 2025**. [1]")
    assert "Hoe oud is de zon eigenlijk" in draft.text


def test_passages_are_quoted_literally(ask_query: AskQuery, few_rules: FactLookup, documents: list[Document]) -> None:
    chunk = next(chunk for chunk in split_chunks(documents[1]) if "op Malta gevestigd" in chunk.text)
    query = ask_query("Waar is Eucare gevestigd?")
    finding = Finding(query.parts[0], Outcome.PASSAGES, passages=(Passage(chunk, 1.0, 2.0, 1.0),))
    draft = compose(query, [finding], documents, few_rules)
    assert draft.composer is Composer.EXTRACTIVE
    assert draft.status is Status.ANSWERED
    assert "Zij is op Malta gevestigd" in draft.text
    assert all(f"“{citation.quote}” [{citation.marker}]" in draft.text for citation in draft.citations)


def test_personal_data_are_asked_to_stay_away(ask_query: AskQuery, write: Write) -> None:
    query = ask_query("Patiënt Jan de Vries vraagt: wat is de deadline?")
    draft = write(query, "2026-ggz.deadline.vragenlijst")
    assert draft.text.endswith(
        "\n\nZet geen gegevens van patiënten of andere personen in uw vraag; ik heb ze niet gebruikt."
    )
    assert "Vries" not in draft.text


def test_an_english_question_is_answered_in_english(ask_query: AskQuery, write: Write) -> None:
    draft = write(ask_query("What is the deadline for the questionnaire?"), "2026-ggz.deadline.vragenlijst")
    assert (draft.lang, draft.text) == (
        "en",
        "The deadline is **24 October 2025**. [1] You have 34 days left, until and including 24 October 2025.",
    )
    assert draft.contact is not None
    assert draft.contact.desk == "Caresq, questions about procurement"
