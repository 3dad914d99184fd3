"""An answer that a chat model words anew, in a real browser: it grows, it can be stopped, and it is always proven."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.flow import Assistant
from assistant.question import Question
from assistant.web.turn import plain_text

QUESTIONNAIRE = "Tot wanneer kan ik de vragenlijst invullen?"
SOCIETY = "Moet ik aangesloten zijn bij de ONT?"
SENTENCES = ["Vul de vragenlijst op tijd in. [1]", " Dat kan tot en met **24 oktober 2025**. [1]", " Succes."]
KEEP_ALL_EVER_SHOWN = """() => {
  window.shown = "";
  const keep = () => (window.shown += document.documentElement.outerHTML);
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(keep).observe(document, all);
}"""


@pytest.fixture
def begin(visit: Callable[..., Any], wording_site: Any) -> Callable[..., Page]:
    """Return a function that opens the chat with a chat model and asks; the model has said nothing yet."""

    def begin(**options: Any) -> Page:
        page: Page = visit(address=wording_site.address, **options).page
        page.evaluate(KEEP_ALL_EVER_SHOWN)
        page.fill("#vraag", QUESTIONNAIRE)
        page.press("#vraag", "Enter")
        expect(stop_button(page)).to_be_visible()
        return page

    return begin


@pytest.fixture
def proven(assistant: Assistant) -> str:
    """Return a piece of the proven answer that no chat model says here."""
    text = plain_text(assistant.answer(Question(QUESTIONNAIRE, date(2025, 9, 20))))
    return text.rsplit("] ", 1)[1]


def stop_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Stop met verwoorden")


def assert_is_proven_and_whole(page: Page, proven: str) -> None:
    expect(page.locator(".turn .body")).to_contain_text(proven)
    expect(page.locator(".turn .body")).to_be_visible()
    expect(page.locator(".turn .tools")).to_be_visible()
    expect(page.locator(".wording, .progress, .growing")).to_have_count(0)


def test_before_the_first_words_the_sources_and_the_state_are_there(begin: Callable[..., Page]) -> None:
    page = begin()
    expect(page.locator(".progress p")).to_have_text("Het antwoord is gevonden en wordt nu verwoord …")
    expect(page.locator(".turn .state-open")).to_be_visible()
    page.locator(".turn summary").click()
    expect(page.locator(".turn .sources .quote").first).to_contain_text("24 oktober 2025")
    expect(page.locator("#panel mark").first).to_be_visible()
    expect(page.locator(".turn .body")).to_be_hidden()
    expect(page.locator(".turn .tools")).to_be_hidden()
    expect(page.locator("#notice")).to_contain_text("wordt nu verwoord")


def test_the_text_grows_by_a_sentence_with_its_markers(begin: Callable[..., Page], wording_site: Any) -> None:
    page = begin()
    growing = page.locator(".growing")
    wording_site.say(SENTENCES[0], " Dat")
    expect(growing).to_have_text("Vul de vragenlijst op tijd in. 1")
    wording_site.say(SENTENCES[1].removeprefix(" Dat"), SENTENCES[2])
    expect(growing).to_have_text("Vul de vragenlijst op tijd in. 1 Dat kan tot en met 24 oktober 2025. 1")
    expect(growing.locator("strong")).to_have_text("24 oktober 2025")
    wording_site.say(None)
    expect(page.locator(".turn .body")).to_be_visible()
    expect(page.locator(".turn .body")).to_have_text(
        "Vul de vragenlijst op tijd in. 1 Dat kan tot en met 24 oktober 2025. 1 Succes."
    )
    expect(page.locator(".turn .tools")).to_be_visible()
    expect(page.locator(".wording, .progress, .growing")).to_have_count(0)
    expect(page.locator("#notice")).to_contain_text("Succes.")
    page.locator(".turn").get_by_role("button", name="Kopieer").click()
    expect(page.locator(".turn .answered > .status")).to_have_text("Gekopieerd.")
    assert "Succes." in page.evaluate("navigator.clipboard.readText()")


def test_a_finished_answer_is_kept_as_it_was_read(begin: Callable[..., Page], wording_site: Any) -> None:
    page = begin()
    wording_site.say(*SENTENCES, None)
    page.locator(".turn").get_by_role("button", name="Maak link").click()
    page.goto(str(page.locator(".turn .status a").get_attribute("href")))
    expect(page.locator(".turn .kept")).to_be_visible()
    expect(page.locator(".turn .body")).to_contain_text("Succes.")


def test_stop_leaves_the_whole_proven_answer(begin: Callable[..., Page], wording_site: Any, proven: str) -> None:
    page = begin()
    wording_site.say(*SENTENCES[:2])
    expect(page.locator(".growing")).to_contain_text("op tijd in")
    stop_button(page).click()
    assert_is_proven_and_whole(page, proven)
    expect(page.locator(".turn .body")).not_to_contain_text("op tijd in")
    expect(page.locator(".turn .answered > .status")).to_have_text("Gestopt. Hierboven staat het hele antwoord.")
    wording_site.say(SENTENCES[2], " Nog een zin.", None)
    page.locator(".turn").get_by_role("button", name="Maak link").click()
    page.goto(str(page.locator(".turn .status a").get_attribute("href")))
    expect(page.locator(".turn .kept")).to_be_visible()
    assert_is_proven_and_whole(page, proven)


def test_stop_works_with_the_keyboard_and_leads_to_the_answer(begin: Callable[..., Page], proven: str) -> None:
    page = begin()
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.do") == "stop":
            break
    page.keyboard.press("Enter")
    assert_is_proven_and_whole(page, proven)
    expect(page.locator(".turn .body")).to_be_focused()


def test_escape_stops_too_and_the_question_box_keeps_the_focus(begin: Callable[..., Page], proven: str) -> None:
    page = begin()
    page.keyboard.press("Escape")
    assert_is_proven_and_whole(page, proven)
    expect(page.locator("#vraag")).to_be_focused()


def test_unproven_words_never_reach_the_page(begin: Callable[..., Page], wording_site: Any, proven: str) -> None:
    page = begin()
    wording_site.say(SENTENCES[0], " De deadline is 31", " december 2031. [1]", " Mail naar fout@voorbeeld.nl.", None)
    assert_is_proven_and_whole(page, proven)
    ever_shown = page.evaluate("window.shown")
    assert "op tijd in" in ever_shown
    for unproven in ("is 31", "2031", "fout@voorbeeld"):
        assert unproven not in ever_shown


def test_without_a_model_nothing_streams_and_there_is_no_button_to_stop(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.page.evaluate(KEEP_ALL_EVER_SHOWN)
    visitor.ask(QUESTIONNAIRE)
    expect(visitor.page.locator(".turn .body")).to_be_visible()
    ever_shown = visitor.page.evaluate("window.shown")
    assert "24 oktober 2025" in ever_shown
    for part in ('data-do="stop"', 'class="growing"', 'class="progress"'):
        assert part not in ever_shown


def test_a_refusal_is_not_worded(visit: Callable[..., Any], wording_site: Any) -> None:
    visitor = visit(address=wording_site.address)
    visitor.ask("Welke voorwaarden gelden er in het beleid voor 2031?")
    expect(visitor.page.locator(".turn .tools")).to_be_visible()
    expect(stop_button(visitor.page)).to_have_count(0)


def test_the_next_question_stops_the_one_before(begin: Callable[..., Page], wording_site: Any, proven: str) -> None:
    page = begin()
    page.fill("#vraag", SOCIETY)
    page.press("#vraag", "Enter")
    expect(page.locator(".turn.last .asked-text")).to_have_text(SOCIETY)
    expect(page.locator(".turn.last .progress")).to_be_visible()
    expect(page.locator(".turn .body").first).to_contain_text(proven)
    expect(page.locator(".turn .body").first).to_be_visible()
    wording_site.say("Van de eerste.", " Weg.", None)
    expect(stop_button(page)).to_have_count(1)
    wording_site.say("Ja, sluit u aan. [1]", None, reply=1)
    expect(page.locator(".turn.last .body")).to_have_text("Ja, sluit u aan. 1")
    expect(page.locator("#log")).not_to_contain_text("Van de eerste.")


def test_a_new_conversation_forgets_what_was_being_worded(begin: Callable[..., Page], wording_site: Any) -> None:
    page = begin()
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator(".turn")).to_have_count(0)
    wording_site.say("Een zin.", " Nog een zin.", None)
    page.fill("#vraag", SOCIETY)
    page.press("#vraag", "Enter")
    expect(stop_button(page)).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_page_that_is_loaded_again_meanwhile_shows_the_whole_proven_answer(
    begin: Callable[..., Page], wording_site: Any, proven: str
) -> None:
    page = begin()
    page.reload()
    page.wait_for_selector("#iw[data-started]")
    assert_is_proven_and_whole(page, proven)
    wording_site.say(None)


def test_a_model_that_says_nothing_leaves_the_proven_answer(
    begin: Callable[..., Page], wording_site: Any, proven: str
) -> None:
    page = begin()
    wording_site.say(None)
    assert_is_proven_and_whole(page, proven)


def test_on_paper_stands_the_proven_answer(begin: Callable[..., Page]) -> None:
    page = begin()
    page.emulate_media(media="print")
    expect(page.locator(".turn .body")).to_be_visible()
    expect(page.locator(".progress")).to_be_hidden()


def test_at_400_per_cent_zoom_nothing_scrolls_sideways(begin: Callable[..., Page], wording_site: Any) -> None:
    page = begin(width=320, height=256, scheme="dark")
    wording_site.say(*SENTENCES[:2], " En")
    expect(page.locator(".growing")).to_contain_text("24 oktober 2025")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_with_reduced_motion_the_growing_text_does_not_move(begin: Callable[..., Page], wording_site: Any) -> None:
    page = begin(reduced_motion="reduce")
    wording_site.say(SENTENCES[0], " En")
    expect(page.locator(".growing p")).to_be_visible()
    style = "getComputedStyle(document.querySelector('.growing > :last-child'), '::after').animationName"
    assert page.evaluate(style) == "none"
