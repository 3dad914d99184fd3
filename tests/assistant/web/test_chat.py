"""The conversation, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.flow import Assistant

QUESTIONNAIRE = "Tot wanneer kan ik de vragenlijst invullen?"
SIGNING = "Wanneer moet ik uiterlijk tekenen?"
PHONE = {"width": 390, "height": 844}


def test_before_the_first_question_the_page_says_what_it_is_and_what_it_covers(visit: Callable[..., Any]) -> None:
    page = visit().page
    assert page.evaluate("document.documentElement.lang") == "nl"
    expect(page.locator(".intro")).to_contain_text("Ik ben een computerprogramma")
    expect(page.locator(".intro")).to_contain_text("Zorginkoopbeleid 2025 Mondzorg en Zorginkoopbeleid 2026 GGZ")
    expect(page.locator("#warning")).to_contain_text("geen gegevens van patiënten")
    expect(page.locator(".foot")).to_contain_text("Caresq behoudt zich uitdrukkelijk het recht voor")
    assert page.title() == "Inkoopwijzer – vragen over het zorginkoopbeleid van Caresq"


def test_an_answer_has_numbered_markers_a_state_and_sources(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    turn = visitor.page.locator(".turn")
    expect(turn.locator(".asked-text")).to_have_text(QUESTIONNAIRE)
    expect(turn.locator(".body")).to_contain_text("24 oktober 2025")
    expect(turn.locator(".body .marker").first).to_have_text("1")
    expect(turn.locator(".state-open").first).to_have_text("Open, nog 34 dagen")
    turn.locator("summary").click()
    expect(turn.locator(".sources .place").first).to_contain_text("Zorginkoopbeleid 2026 GGZ")
    expect(visitor.page.locator("#notice")).to_contain_text("24 oktober 2025")


def test_the_question_box_keeps_the_focus_and_is_empty_again(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    expect(visitor.page.locator("#vraag")).to_be_focused()
    expect(visitor.page.locator("#vraag")).to_have_value("")


def test_an_example_is_asked_with_one_click_and_fits_what_one_is(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("tandprothetiek")
    example = visitor.page.locator("#examples button:visible", has_text="de ONT")
    example.click()
    expect(visitor.page.locator(".turn .body")).to_contain_text("Nederlandse Tandprothetici")
    expect(visitor.page.locator(".turn .scope")).to_have_text("Beantwoord voor: tandprothetische zorg")


def test_what_one_is_scopes_the_answer_and_changes_in_one_step(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("vrijgevestigd")
    visitor.ask("Aan welke basisvoorwaarden moet ik voldoen?")
    visitor.choose("cbt")
    visitor.ask("Aan welke voorwaarden moet ik voldoen?")
    turns = visitor.page.locator(".turn")
    expect(turns.nth(0).locator(".place").first).to_contain_text("2026 GGZ")
    expect(turns.nth(1).locator(".place").first).to_contain_text("2025 Mondzorg")


def test_a_choice_of_a_clarifying_answer_is_a_button_that_asks_it(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask("Hoe vraag ik een zorgovereenkomst aan?")
    options = visitor.page.locator(".turn .options button")
    assert options.count() >= 2
    question = options.first.get_attribute("data-question")
    options.first.click()
    expect(visitor.page.locator(".turn:not(.waiting)")).to_have_count(2)
    expect(visitor.page.locator(".turn.last .asked-text")).to_have_text(str(question))


def test_a_refusal_without_citations_shows_no_sources_but_a_way_to_a_person(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask("Welke voorwaarden gelden er in het beleid voor 2031?")
    turn = visitor.page.locator(".turn")
    expect(turn.locator(".answered")).to_have_class(re.compile("status-refused"))
    expect(turn.locator(".sources")).to_have_count(0)
    expect(turn.get_by_role("button", name="Vraag een medewerker")).to_be_visible()


def test_a_follow_up_keeps_the_context(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("vrijgevestigd")
    visitor.ask(QUESTIONNAIRE)
    visitor.ask("En als ik die datum mis?")
    expect(visitor.page.locator(".turn")).to_have_count(2)
    expect(visitor.page.locator(".turn.last .asked-text")).to_have_text("En als ik die datum mis?")


def test_the_last_question_can_be_changed(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask("Wat is de hoofdstad?")
    visitor.ask(SIGNING)
    page = visitor.page
    page.locator(".turn.last").get_by_role("button", name="Verander vraag").click()
    expect(page.locator("#vraag")).to_have_value(SIGNING)
    expect(page.locator("#editing")).to_be_visible()
    page.fill("#vraag", QUESTIONNAIRE)
    page.press("#vraag", "Enter")
    expect(page.locator(".turn.last .asked-text")).to_have_text(QUESTIONNAIRE)
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#editing")).to_be_hidden()
    assert page.locator(".turn .edit:visible").count() == 1


def test_escape_stops_changing_a_question(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(SIGNING)
    visitor.page.locator(".turn").get_by_role("button", name="Verander vraag").click()
    visitor.page.press("#vraag", "Escape")
    expect(visitor.page.locator("#editing")).to_be_hidden()
    expect(visitor.page.locator("#vraag")).to_have_value("")


def test_a_new_conversation_forgets_the_old_one(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    visitor.page.get_by_role("button", name="Nieuw gesprek").click()
    expect(visitor.page.locator(".turn")).to_have_count(0)
    expect(visitor.page.locator("#examples")).to_be_visible()
    expect(visitor.page.locator("#vraag")).to_be_focused()


def test_a_link_opens_the_same_question_and_answer_and_holds_only_an_id(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    visitor.page.locator(".turn").get_by_role("button", name="Maak link").click()
    link = visitor.page.locator(".turn .status a")
    expect(link).to_be_visible()
    address = str(link.get_attribute("href"))
    assert re.fullmatch(re.escape(visitor.address) + r"/\?antwoord=[\w-]{12}", address)
    assert visitor.page.evaluate("navigator.clipboard.readText()") == address
    other = visit(address.removeprefix(visitor.address)).page
    expect(other.locator(".turn .asked-text")).to_have_text(QUESTIONNAIRE)
    expect(other.locator(".turn .body")).to_contain_text("24 oktober 2025")
    expect(other.locator(".turn .kept")).to_contain_text("bewaard antwoord van 20 september 2025")


def test_a_link_that_is_not_known_says_so(visit: Callable[..., Any]) -> None:
    page = visit("/?antwoord=bestaatniet1").page
    expect(page.locator("#notice")).to_have_text("Bij deze link is geen antwoord bewaard. Stel uw vraag hieronder.")


def test_an_answer_is_copied_with_its_sources(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    visitor.page.locator(".turn").get_by_role("button", name="Kopieer").click()
    expect(visitor.page.locator(".turn .answered > .status")).to_have_text("Gekopieerd.")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"Vraag: {QUESTIONNAIRE}")
    assert "[1] “" in copied
    assert "**" not in copied


def test_an_opinion_with_a_reason_is_taken(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    turn = visitor.page.locator(".turn")
    turn.get_by_role("button", name="Niet nuttig").click()
    expect(turn.get_by_role("button", name="Niet nuttig")).to_have_attribute("aria-pressed", "true")
    turn.get_by_label("Er ontbreekt iets").check()
    turn.locator(".why textarea").fill("Ik mis het adres.")
    turn.get_by_role("button", name="Stuur oordeel").click()
    expect(turn.locator(".answered > .status")).to_have_text("Bedankt voor uw oordeel.")
    expect(turn.locator(".why")).to_be_hidden()


def test_a_member_of_staff_gets_an_email_with_question_answer_and_room_for_agb(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    page = visitor.page
    page.locator(".turn").get_by_role("button", name="Vraag een medewerker").click()
    page.fill("#help-agb", "94001234")
    page.fill("#help-sector", "ggz")
    expect(page.locator("#help-text")).to_have_value(re.compile(re.escape(QUESTIONNAIRE)))
    expect(page.locator("#help-text")).to_have_value(re.compile("AGB-code: 94001234"))
    address = str(page.locator("#help-open").get_attribute("href"))
    assert address.startswith("mailto:")
    assert "@" in address.split("?", maxsplit=1)[0]
    assert "AGB-code%3A%2094001234" in address
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator(".turn").get_by_role("button", name="Vraag een medewerker")).to_be_focused()


def test_what_one_wrote_in_the_email_stays_when_the_code_is_filled_in_later(visit: Callable[..., Any]) -> None:
    page = visit().page
    page.locator(".top .help-button").click()
    text = page.locator("#help-text").input_value()
    page.fill("#help-text", text.replace("Mijn vraag:", "Mijn vraag: wie belt mij?"))
    page.fill("#help-agb", "1")
    page.fill("#help-agb", "12")
    expect(page.locator("#help-text")).to_have_value(re.compile(r"wie belt mij\?[\s\S]*AGB-code: 12\n"))


def test_the_printed_page_holds_the_answer_and_its_sources_and_no_buttons(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(SIGNING)
    visitor.ask(QUESTIONNAIRE)
    page = visitor.page
    page.evaluate("window.print = () => {}")
    page.locator(".turn.last").get_by_role("button", name="Druk af").click()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".turn.print-me .sources .quote").first).to_be_visible()
    expect(page.locator(".turn.print-me .tools")).to_be_hidden()
    expect(page.locator(".turn").first).to_be_hidden()
    expect(page.locator("#ask")).to_be_hidden()


def test_two_windows_of_one_visitor_never_mix(visit: Callable[..., Any]) -> None:
    one, other = visit(), visit()
    one.ask(QUESTIONNAIRE)
    other.ask(SIGNING)
    one.ask("Wanneer worden aanbieders gepubliceerd?")
    expect(other.page.locator(".turn")).to_have_count(1)
    expect(one.page.locator(".turn")).to_have_count(2)
    expect(other.page.locator("#log")).not_to_contain_text(QUESTIONNAIRE)


def test_a_hundred_clicks_on_send_ask_once(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = visitor.page
    page.fill("#vraag", QUESTIONNAIRE)
    page.evaluate("for (let i = 0; i < 100; i++) document.getElementById('send').click()")
    expect(page.locator(".turn:not(.waiting)")).to_have_count(1)
    visitor.ask(SIGNING)
    expect(page.locator(".turn")).to_have_count(2)


def test_an_empty_question_is_not_sent(visit: Callable[..., Any]) -> None:
    page = visit().page
    page.press("#vraag", "Enter")
    expect(page.locator("#notice")).to_contain_text("U hebt nog geen vraag gesteld")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_of_20000_characters_gets_a_clear_sentence(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(("Mag dat? " * 3000)[:20_000])
    expect(visitor.page.locator(".turn .body")).to_contain_text("te lang")
    visitor.ask(SIGNING)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param('<img src="http://voorbeeld.invalid/x.png" onerror="window.hacked=1"> tekenen?', id="html"),
        pytest.param("![x](http://voorbeeld.invalid/x.png) wanneer moet ik tekenen?", id="markdown image"),
        pytest.param(
            "[klik](http://voorbeeld.invalid) <script>window.hacked=1</script> tekenen?", id="link and script"
        ),
        pytest.param("{{constructor}} ${window.hacked=1} `tekenen`?", id="templates"),
    ],
)
def test_markup_in_a_question_is_shown_as_text(visit: Callable[..., Any], question: str) -> None:
    visitor = visit()
    visitor.ask(question)
    turn = visitor.page.locator(".turn")
    expect(turn.locator(".asked-text")).to_have_text(question)
    assert turn.locator("img, script, iframe").count() == 0
    assert visitor.page.evaluate("window.hacked") is None


def test_personal_data_in_a_question_is_masked(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask("Mijn patiënt heeft BSN 111222333, wanneer moet ik tekenen?")
    expect(visitor.page.locator(".turn .asked-text")).not_to_contain_text("111222333")


def test_whatever_breaks_becomes_a_clear_sentence_and_the_chat_goes_on(
    visit: Callable[..., Any], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit()
    with monkeypatch.context() as patch:
        patch.setattr(assistant, "stream", lambda _: 1 / 0)
        visitor.ask(QUESTIONNAIRE)
        expect(visitor.page.locator(".turn .body")).to_contain_text("Er ging iets mis, en dat ligt niet aan uw vraag")
    visitor.ask(QUESTIONNAIRE)
    expect(visitor.page.locator(".turn.last .body")).to_contain_text("24 oktober 2025")


def test_after_a_restart_of_the_server_the_conversation_stands_and_goes_on(
    visit: Callable[..., Any], serve_app: Callable[..., Any], build_app: Callable[..., Any]
) -> None:
    with serve_app(build_app()) as address:
        visitor = visit(address=address)
        visitor.ask(QUESTIONNAIRE)
    page = visitor.page
    page.fill("#vraag", SIGNING)
    page.press("#vraag", "Enter")
    with serve_app(build_app(), int(address.rsplit(":", 1)[1])):
        expect(page.locator("#notice")).to_contain_text("De pagina is opnieuw geladen", timeout=30_000)
        expect(page.locator(".turn .asked-text")).to_have_text(QUESTIONNAIRE)
        expect(page.locator("#vraag")).to_have_value(SIGNING)
        page.press("#vraag", "Enter")
        expect(page.locator(".turn:not(.waiting)")).to_have_count(2)
        expect(page.locator(".turn.last .body")).to_contain_text("7 november 2025")


def test_an_answer_in_english_is_marked_as_english(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask("What is the final date for signing the agreement?")
    expect(visitor.page.locator(".turn .body")).to_have_attribute("lang", "en")


def test_an_abbreviation_is_explained_on_hover(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("tandprothetiek")
    visitor.ask("Moet ik aangesloten zijn bij de ONT?")
    term = visitor.page.locator(".turn .body abbr", has_text="ONT").first
    expect(term).to_have_attribute("title", "Organisatie van Nederlandse Tandprothetici")
