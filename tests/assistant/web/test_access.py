"""Everyone can use the page: axe-core on every view, the keyboard, zoom and reduced motion, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

QUESTIONNAIRE = "Tot wanneer kan ik de vragenlijst invullen?"
SIZES = [pytest.param(1360, 900, id="desktop"), pytest.param(390, 844, id="phone")]
SCHEMES = [pytest.param("light", id="light"), pytest.param("dark", id="dark")]


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert grave == []


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", SCHEMES)
class TestAxeFindsNothingGrave:
    def test_before_the_first_question(self, visit: Callable[..., Any], width: int, height: int, scheme: str) -> None:
        assert_accessible(visit(width=width, height=height, scheme=scheme).page)

    def test_on_answers_choices_sources_and_opinions(
        self, visit: Callable[..., Any], width: int, height: int, scheme: str
    ) -> None:
        visitor = visit(width=width, height=height, scheme=scheme)
        visitor.ask("Hoe vraag ik een zorgovereenkomst aan?")
        visitor.choose("vrijgevestigd")
        visitor.ask(QUESTIONNAIRE)
        page = visitor.page
        page.locator(".turn.last summary").click()
        page.locator(".turn.last").get_by_role("button", name="Niet nuttig").click()
        page.locator(".turn.last").get_by_role("button", name="Verander vraag").click()
        expect(page.locator(".why:visible")).to_have_count(1)
        assert_accessible(page)
        page.locator(".turn.last .marker").first.click()
        expect(page.locator("#panel mark").first).to_be_visible()
        assert_accessible(page)

    @pytest.mark.parametrize("name", ["termijnen", "voorwaarden", "afkortingen"])
    def test_on_a_view(self, visit: Callable[..., Any], width: int, height: int, scheme: str, name: str) -> None:
        visitor = visit(f"/#{name}", width=width, height=height, scheme=scheme)
        assert_accessible(visitor.page)
        visitor.choose("geintegreerd")
        assert_accessible(visitor.page)

    def test_on_the_email_to_staff(self, visit: Callable[..., Any], width: int, height: int, scheme: str) -> None:
        visitor = visit(width=width, height=height, scheme=scheme)
        visitor.page.locator(".top .help-button").click()
        expect(visitor.page.locator("#help-title")).to_be_focused()
        assert_accessible(visitor.page)

    def test_on_an_answer_that_is_being_worded(
        self, visit: Callable[..., Any], wording_site: Any, width: int, height: int, scheme: str
    ) -> None:
        page = visit(address=wording_site.address, width=width, height=height, scheme=scheme).page
        page.fill("#vraag", QUESTIONNAIRE)
        page.press("#vraag", "Enter")
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        assert_accessible(page)
        wording_site.say("Vul de vragenlijst op tijd in. [1] Dat")
        expect(page.locator(".growing .marker")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn .tools")).to_be_visible()
        assert_accessible(page)

    def test_on_a_source_of_its_own(self, visit: Callable[..., Any], width: int, height: int, scheme: str) -> None:
        visitor = visit(width=width, height=height, scheme=scheme)
        address = visitor.page.locator(".foot a").first.get_attribute("href")
        visitor.page.goto(f"{visitor.address}{address}")
        assert_accessible(visitor.page)


def test_the_keyboard_alone_asks_reads_a_source_and_comes_back(visit: Callable[..., Any]) -> None:
    page = visit(width=1360).page
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#vraag")).to_be_focused()
    page.keyboard.type(QUESTIONNAIRE)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .marker").first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.turn .marker')"):
            break
    marker = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == marker


def test_shift_enter_begins_a_new_line(visit: Callable[..., Any]) -> None:
    page = visit().page
    page.locator("#vraag").focus()
    page.keyboard.type("een")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twee")
    expect(page.locator("#vraag")).to_have_value("een\ntwee")
    expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize("name", ["chat", "termijnen", "voorwaarden", "afkortingen"])
def test_at_400_per_cent_zoom_nothing_scrolls_sideways(visit: Callable[..., Any], name: str) -> None:
    # 1280 pixels wide at 400 per cent is 320 pixels wide.
    visitor = visit(f"/#{name}", width=320, height=256)
    visitor.choose("vrijgevestigd")
    if name == "chat":
        visitor.ask(QUESTIONNAIRE)
        visitor.page.locator(".turn summary").click()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_at_400_per_cent_zoom_the_question_box_does_not_cover_the_answer(visit: Callable[..., Any]) -> None:
    visitor = visit(width=320, height=256)
    visitor.ask(QUESTIONNAIRE)
    assert visitor.page.evaluate("getComputedStyle(document.getElementById('ask')).position") == "static"


def test_with_reduced_motion_nothing_moves_slowly(visit: Callable[..., Any]) -> None:
    visitor = visit(reduced_motion="reduce")
    visitor.ask(QUESTIONNAIRE)
    moving = "[...document.querySelectorAll('.iw *')].filter(e => getComputedStyle(e).animationName !== 'none').length"
    assert visitor.page.evaluate(moving) == 0


def test_answers_are_read_out_by_a_live_region(visit: Callable[..., Any]) -> None:
    visitor = visit()
    notice = visitor.page.locator("#notice")
    expect(notice).to_have_attribute("aria-live", "polite")
    visitor.ask(QUESTIONNAIRE)
    expect(notice).to_contain_text("Antwoord van het computerprogramma: De deadline")
