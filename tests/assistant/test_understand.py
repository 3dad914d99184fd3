from collections.abc import Callable
from datetime import date

import pytest

from assistant.form import Form
from assistant.named import named_sectors, named_types
from assistant.scope import TYPES_OF_SECTOR, ProviderType
from assistant.understand import Query, contract_year

AskQuery = Callable[..., Query]
SOLO, PSYCHIATRIST = ProviderType.VRIJGEVESTIGD, ProviderType.PSYCHIATER
SMALL, LARGE = ProviderType.INSTELLING_DIGITAAL_AANBOD, ProviderType.INSTELLING_ONDERHANDELING
INTEGRATED, WARD = ProviderType.GEINTEGREERD, ProviderType.PAAZ_PUK
IMPLANTS, DENTURES, CENTRE = ProviderType.IMPLANTOLOGIE, ProviderType.TANDPROTHETIEK, ProviderType.CBT
BOTH = {"2025-mondzorg", "2026-ggz"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ik ben vrijgevestigd", {SOLO}, id="an independent practice"),
        pytest.param("als zzp'er", {SOLO}, id="self-employed"),
        pytest.param("een zelfstandig orthopedagoog", {SOLO}, id="a self-employed educationalist"),
        pytest.param("een psycholoog die voor zichzelf werkt", {SOLO}, id="who works for herself"),
        pytest.param("geen eenmanszaak", set(), id="what the asker is not"),
        pytest.param("mijn solopraktijk", {SOLO}, id="a practice of one"),
        pytest.param("ik ben psychiater met een eigen praktijk", {PSYCHIATRIST}, id="a psychiatrist with a practice"),
        pytest.param("vrijgevestigden en psychiaters", {SOLO, PSYCHIATRIST}, id="two groups side by side"),
        pytest.param("vrijgevestigden (niet zijnde psychiaters)", {SOLO}, id="all but psychiatrists"),
        pytest.param("een instelling met digitaal aanbod", {SMALL}, id="a small institution"),
        pytest.param("een instelling met onderhandeling", {LARGE}, id="an institution that negotiates"),
        pytest.param("een geintegreerde instelling", {INTEGRATED}, id="an integrated institution"),
        pytest.param("onze paaz", {WARD}, id="a hospital ward"),
        pytest.param("een ggz-instelling", {SMALL, LARGE, INTEGRATED}, id="any institution"),
        pytest.param("de implantoloog", {IMPLANTS}, id="an implantologist"),
        pytest.param("een tandprotheticus", {DENTURES}, id="a denturist"),
        pytest.param("centrum voor bijzondere tandheelkunde", {CENTRE}, id="a centre"),
        pytest.param("cognitieve gedragstherapie (cbt)", {CENTRE}, id="an abbreviation of two things"),
        pytest.param("an independent psychologist", {SOLO}, id="English"),
        pytest.param("een vrijgevestigd mondhygienist", set(), id="a word of both sectors, a profession of the other"),
        pytest.param("mijn praktijk voor kunstgebitten", {DENTURES}, id="an own practice of the other sector"),
        pytest.param("mijn eigen psycholgiepraktijk", {SOLO}, id="an own practice, misspelt"),
        pytest.param("een kliniek, wij onderhandelen met Caresq", {LARGE}, id="who negotiates"),
        pytest.param("een keten van tandheelkundige centra", set(), id="a group of both sectors"),
        pytest.param("een instelling voor ggz en tandheelkunde", {SMALL, LARGE, INTEGRATED}, id="both professions"),
        pytest.param("wat is de deadline", set(), id="nobody"),
    ],
)
def test_the_provider_types_of_a_question_are_named(text: str, expected: set[ProviderType]) -> None:
    assert named_types(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("het kibg keurmerk", {"ggz"}, id="a word of ggz"),
        pytest.param("de nvoi", {"mondzorg"}, id="a word of mondzorg"),
        pytest.param("ggz en mondzorg", {"ggz", "mondzorg"}, id="both"),
        pytest.param("kan dat door de beugel", set(), id="a brace in a saying"),
        pytest.param("de vragenlijst", set(), id="a word of both"),
    ],
)
def test_the_sector_follows_from_the_words(text: str, expected: set[str]) -> None:
    assert named_sectors(text, frozenset()) == expected


def test_a_sector_that_is_called_by_its_name_wins_from_the_words_of_the_other() -> None:
    assert named_sectors("geldt de green deal ook voor de ggz", frozenset()) == {"ggz"}
    assert named_sectors("verschilt de green deal tussen mondzorg en ggz", frozenset()) == {"ggz", "mondzorg"}


def test_the_sector_of_a_named_type_wins_from_the_words() -> None:
    assert named_sectors("een implantoloog met een kibg keurmerk", frozenset({IMPLANTS})) == {"mondzorg"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("het beleid voor 2027", 2027, id="a policy"),
        pytest.param("een contract 2024", 2024, id="a contract"),
        pytest.param("ggz 2026", 2026, id="a sector"),
        pytest.param("voor 24 oktober 2025", None, id="a day"),
        pytest.param("beleid 2025 en beleid 2026", None, id="two years"),
        pytest.param("wat is nieuw ten opzichte van het beleid van 2025", None, id="a year to compare with"),
        pytest.param("wij hadden een contract 2024", None, id="a year that is past"),
        pytest.param("een overeenkomst uit 2024", None, id="a contract that one has"),
        pytest.param("een instelling zonder contract in 2025", None, id="a year without a contract"),
        pytest.param("in vergelijking met het beleid van 2025", None, id="another year to compare with"),
        pytest.param("het contract voor 2025, niet voor 2026", 2025, id="a year that is not meant"),
        pytest.param("de vragenlijst", None, id="none"),
    ],
)
def test_the_contract_year_is_told_from_a_day(text: str, expected: int | None) -> None:
    assert contract_year(text) == expected


def test_a_misspelled_profession_names_its_asker(ask_query: AskQuery) -> None:
    assert ask_query("Wat moet ik als vrijgevestgd psygoloog hebben?").named_types == {SOLO}
    assert ask_query("Wat moeten tandprotetici hebben?").named_types == {DENTURES}


def test_a_question_without_scope_leaves_everything_possible(ask_query: AskQuery) -> None:
    query = ask_query("Wat is de deadline?")
    assert query.scope.policies == BOTH
    assert query.scope.types == set(ProviderType)
    assert (query.sectors, query.named_types, query.is_scoped) == (set(), set(), False)


@pytest.mark.parametrize(
    ("asked", "policies", "types"),
    [
        pytest.param({"text": "Wat geldt voor de ggz?"}, {"2026-ggz"}, TYPES_OF_SECTOR["ggz"], id="a sector"),
        pytest.param({"text": "Wat geldt voor een CBT?"}, {"2025-mondzorg"}, {CENTRE}, id="a type"),
        pytest.param({"text": "Wat geldt?", "provider_type": WARD}, {"2026-ggz"}, {WARD}, id="the caller's type"),
        pytest.param(
            {"text": "Wat geldt voor een psychiater?", "provider_type": SOLO},
            {"2026-ggz"},
            {PSYCHIATRIST},
            id="the question wins from the caller",
        ),
        pytest.param(
            {"text": "Wat geldt voor mondzorg?", "provider_type": SOLO},
            {"2025-mondzorg"},
            TYPES_OF_SECTOR["mondzorg"],
            id="the sector of the question wins from the caller",
        ),
        pytest.param(
            {"text": "En daarna?", "history": ("Ik ben implantoloog.",)}, {"2025-mondzorg"}, {IMPLANTS}, id="history"
        ),
        pytest.param(
            {"text": "En daarna?", "history": ("Ik ben implantoloog.", "Of ben ik een CBT?")},
            {"2025-mondzorg"},
            {CENTRE},
            id="the last turn wins",
        ),
        pytest.param(
            {"text": "En voor een psychiater?", "history": ("Ik ben implantoloog.",)},
            {"2026-ggz"},
            {PSYCHIATRIST},
            id="the question wins from history",
        ),
        pytest.param(
            {"text": "Een instelling die niet geïntegreerd is, wat geldt dan?"},
            {"2026-ggz"},
            {SMALL, LARGE},
            id="a type that is left out",
        ),
        pytest.param(
            {"text": "Wat geldt voor onze instelling met een schadelast van € 150.000?"},
            {"2026-ggz"},
            {SMALL},
            id="below the line",
        ),
        pytest.param(
            {"text": "Wij zijn een ggz-club (geen eenmanszaak) en kregen 150.000 euro vergoed. Wat geldt?"},
            {"2026-ggz"},
            {SMALL},
            id="below the line, and no independent practice",
        ),
        pytest.param(
            {"text": "Onze instelling deed voor 350 duizend euro aan ggz. Wat geldt?"},
            {"2026-ggz"},
            {LARGE},
            id="the amount of an institution needs no other word",
        ),
        pytest.param(
            {"text": "Ik heb nog geen eigen praktijk als psycholoog. Wat geldt?"},
            {"2026-ggz"},
            {SOLO},
            id="who has no practice yet",
        ),
        pytest.param(
            {"text": "Wat geldt voor onze instelling met een schadelast van € 250.000?"},
            {"2026-ggz"},
            {LARGE},
            id="above the line",
        ),
        pytest.param(
            {"text": "Wat geldt voor onze instelling met een schadelast van € 200.000?"},
            {"2026-ggz"},
            {SMALL, LARGE, INTEGRATED},
            id="on the line",
        ),
        pytest.param(
            {"text": "Wat geldt voor een vrijgevestigde met een omzet van € 250.000?"},
            {"2026-ggz"},
            {SOLO},
            id="the line does not concern an independent practice",
        ),
    ],
)
def test_the_scope_follows_from_question_history_and_caller(
    asked: dict[str, object], policies: set[str], types: set[ProviderType], ask_query: AskQuery
) -> None:
    query = ask_query(**asked)
    assert (query.scope.policies, query.scope.types) == (policies, types)


def test_a_policy_that_the_caller_names_is_the_only_one(ask_query: AskQuery) -> None:
    assert ask_query("Wat is de deadline?", policy="2025-mondzorg").scope.policies == {"2025-mondzorg"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wat is de deadline?", ["Wat is de deadline?"], id="one question"),
        pytest.param(
            "Wat is de deadline? Moet ik ook tekenen?", ["Wat is de deadline?", "Moet ik ook tekenen?"], id="two"
        ),
        pytest.param(
            "Wat is de deadline en wanneer moet ik tekenen?",
            ["Wat is de deadline", "wanneer moet ik tekenen?"],
            id="two in one sentence",
        ),
        pytest.param(
            "Hoeveel procent is het, en telt dat ook voor ons?",
            ["Hoeveel procent is het", "telt dat ook voor ons?"],
            id="an open and a closed one",
        ),
        pytest.param(
            "Hoe dien ik een verzoek in, en sluit u ook met een begindatum in het verleden?",
            ["Hoe dien ik een verzoek in", "sluit u ook met een begindatum in het verleden?"],
            id="a closed one that begins with any verb",
        ),
        pytest.param(
            "Hoeveel procent is dat? 5? 10?", ["Hoeveel procent is dat?"], id="a number is no question of its own"
        ),
        pytest.param(
            "Wat kijken jullie allemaal na... en maakt het uit hoe groot we zijn",
            ["Wat kijken jullie allemaal na...", "maakt het uit hoe groot we zijn"],
            id="two without a mark",
        ),
        pytest.param(
            "Tot wanneer vul ik in, en stel dat er een contract volgt: voor wanneer moet ik tekenen?",
            ["Tot wanneer vul ik in", "voor wanneer moet ik tekenen?"],
            id="a second one behind a supposition",
        ),
        pytest.param("Wij zijn een PAAZ. Wat geldt?", ["Wat geldt?"], id="what is told is not asked"),
        pytest.param("deadline vragenlijst", ["deadline vragenlijst"], id="keywords"),
    ],
)
def test_a_text_is_cut_into_what_is_asked(text: str, expected: list[str], ask_query: AskQuery) -> None:
    assert [part.text for part in ask_query(text).parts] == expected


def test_what_is_told_helps_to_look_up_what_is_asked(ask_query: AskQuery) -> None:
    (part,) = ask_query("Wij hebben een keurmerk van KiBG. Krijgen wij dan ook een opslag op ons tarief?").parts
    assert part.texts[0].startswith("Wij hebben een keurmerk van KiBG.\nKrijgen wij")


def test_a_second_question_is_looked_up_alone_and_behind_the_first(ask_query: AskQuery) -> None:
    _, second = ask_query(
        "Wat moet er in het onderwerp van een e-mail? En binnen hoeveel tijd krijg ik antwoord?"
    ).parts
    assert second.texts == (
        "binnen hoeveel tijd krijg ik antwoord?",
        "Wat moet er in het onderwerp van een e-mail?\nbinnen hoeveel tijd krijg ik antwoord?",
    )


def test_what_a_closed_question_turns_on_is_its_clause(ask_query: AskQuery) -> None:
    (part,) = ask_query("Ik heb geen KiBG. Mag dat?").parts
    assert (part.clause, part.told) == ("Mag dat?", "Ik heb geen KiBG.")


def test_an_elliptic_question_turns_on_the_one_before(ask_query: AskQuery) -> None:
    (part,) = ask_query("En voor een psychiater?", history=("Moet een vrijgevestigde een keurmerk hebben?",)).parts
    assert part.clause == "Moet een vrijgevestigde een keurmerk hebben? En voor een psychiater?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("En voor een psychiater?", Form.OPEN, id="says nothing of its own"),
        pytest.param(
            "En voor een psychiater, is dat hetzelfde?", Form.YES_NO, id="begins with a verb behind the asker"
        ),
        pytest.param("En als ik dat morgen doe, ben ik dan nog op tijd?", Form.STILL, id="asks for the day"),
    ],
)
def test_an_elliptic_question_has_the_form_of_the_one_before_unless_it_has_its_own(
    text: str, expected: Form, ask_query: AskQuery
) -> None:
    (part,) = ask_query(text, history=("Welk keurmerk moet een vrijgevestigde hebben?",)).parts
    assert part.form is expected


def test_the_size_that_an_earlier_turn_names_narrows_the_scope(ask_query: AskQuery) -> None:
    history = ("Wij zijn een ggz-instelling met een schadelast van 9 ton.", "Krijgen wij een gesprek?")
    assert ask_query("En hoe lang krijg ik dan om te tekenen?", history=history).named_types == {LARGE}


def test_an_earlier_turn_says_who_asks_where_the_last_ones_name_only_the_sector(ask_query: AskQuery) -> None:
    history = ("Wij zijn een geïntegreerde ggz-aanbieder.", "Hebben wij een machtiging nodig voor een opname?")
    assert ask_query("Ook niet als het om verslaving gaat?", history=history).named_types == {INTEGRATED}
    assert ask_query("En in de mondzorg?", history=history).named_types == set()
    assert not ask_query("En een die niet geïntegreerd is?", history=history).named_types


def test_another_size_wins_from_that_of_an_earlier_turn(ask_query: AskQuery) -> None:
    history = ("Wij zijn een ggz-instelling met een schadelast van 9 ton. Krijgen wij een gesprek?",)
    assert ask_query("En als we maar negentig duizend hebben?", history=history).named_types == {SMALL}


def test_a_follow_up_is_looked_up_with_the_question_before(ask_query: AskQuery) -> None:
    (part,) = ask_query("En voor een CBT?", history=("Wat is de deadline voor vrijgevestigden?",)).parts
    assert part.texts == ("wat is de deadline voor ? En voor een CBT?",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Is 24 oktober 2025 op tijd?", [date(2025, 10, 24)], id="a day"),
        pytest.param("Kan het vandaag nog?", [date(2025, 9, 20)], id="today"),
        pytest.param("Is half september op tijd?", [], id="a vague date"),
    ],
)
def test_the_days_of_a_question_are_read(text: str, expected: list[date], ask_query: AskQuery) -> None:
    assert [mention.day for mention in ask_query(text).days] == expected


def test_personal_data_are_masked_in_question_and_history(ask_query: AskQuery) -> None:
    query = ask_query("En mevrouw Jansen?", history=("Patiënt Jan de Vries, BSN 111222333",))
    assert (query.text, query.is_private) == ("En mevrouw [naam]?", True)
    told = " ".join(text for part in query.parts for text in (*part.texts, part.whole))
    assert not any(secret in told for secret in ("Jansen", "Vries", "111222333"))


def test_a_long_question_is_cut(ask_query: AskQuery) -> None:
    assert len(ask_query("x" * 5000).text) == 2000
