"""The source panel and the views beside the chat, in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

QUESTIONNAIRE = "Tot wanneer kan ik de vragenlijst invullen?"


def test_the_first_source_of_an_answer_is_shown_beside_it_with_its_sentence_marked(visit: Callable[..., Any]) -> None:
    visitor = visit(width=1360)
    visitor.ask(QUESTIONNAIRE)
    panel = visitor.page.locator("#panel")
    expect(panel.locator("mark").first).to_be_visible()
    expect(panel.locator(".page-number")).to_contain_text("Bladzijde 14 van 15 van de ontvangen tekst")
    expect(visitor.page.locator("#vraag")).to_be_focused()


def test_the_panel_jumps_when_another_marker_is_clicked(visit: Callable[..., Any]) -> None:
    visitor = visit(width=1360)
    visitor.choose("vrijgevestigd")
    visitor.ask("Aan welke basisvoorwaarden moet ik voldoen?")
    page = visitor.page
    expect(page.locator("#panel mark").first).to_be_visible()
    markers = page.locator(".turn .body .marker")
    seen = set()
    for number in (1, 3, 5):
        with page.expect_response(lambda response: "/bron/" in response.url) as response:
            markers.nth(number).click()
        response.value.finished()
        expect(markers.nth(number)).to_have_class("marker shown")
        seen.add(page.locator("#panel mark").first.inner_text())
        expect(page.locator("#panel mark").first).to_be_in_viewport()
    assert len(seen) == 3


def test_source_and_question_box_stay_in_view_in_a_long_conversation(visit: Callable[..., Any]) -> None:
    visitor = visit(width=1360, height=800)
    for _ in range(4):
        visitor.ask(QUESTIONNAIRE)
    visitor.page.locator(".turn").nth(1).locator(".marker").first.click()
    visitor.page.locator(".turn").nth(1).scroll_into_view_if_needed()
    expect(visitor.page.locator("#panel mark").first).to_be_in_viewport()
    expect(visitor.page.locator("#panel-title")).to_be_in_viewport()
    expect(visitor.page.locator("#vraag")).to_be_in_viewport()


def test_on_a_phone_the_source_opens_over_the_page_and_closing_goes_back_to_the_marker(
    visit: Callable[..., Any],
) -> None:
    visitor = visit(width=390, height=844)
    visitor.ask(QUESTIONNAIRE)
    page = visitor.page
    expect(page.locator("#panel")).to_be_hidden()
    page.locator(".turn .body .marker").first.click()
    expect(page.locator("#panel mark").first).to_be_in_viewport()
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".turn .body .marker").first).to_be_focused()


def test_a_source_is_also_a_page_of_its_own(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.ask(QUESTIONNAIRE)
    address = visitor.page.locator(".turn .body .marker").first.get_attribute("href")
    visitor.page.goto(f"{visitor.address}{address}")
    expect(visitor.page.locator("mark").first).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.lang") == "nl"


def test_the_deadlines_are_a_picture_with_today_and_a_table(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("vrijgevestigd")
    page = visitor.page
    page.get_by_role("link", name="Termijnen").click()
    expect(page.locator("#title-termijnen")).to_be_focused()
    expect(page.locator("svg.timeline .today")).to_have_count(1)
    rows = page.locator("table.deadlines tbody tr")
    assert page.locator("svg.timeline .dot").count() == rows.count() >= 4
    row = rows.filter(has_text="Uiterste tekendatum")
    expect(row.locator(".state")).to_have_text("Open, nog 48 dagen")
    with page.expect_download() as download:
        row.get_by_role("link", name="Zet in agenda").click()
    assert "20251107" in download.value.path().read_text("utf-8")


def test_a_view_without_a_choice_offers_the_choices(visit: Callable[..., Any]) -> None:
    page = visit("/#voorwaarden").page
    expect(page.locator("#view-voorwaarden")).to_contain_text("Kies eerst wat u bent.")
    page.locator("#view-voorwaarden").get_by_role("button", name="PAAZ of PUK").click()
    expect(page.locator("#view-voorwaarden .for-whom")).to_have_text("Voor: PAAZ en PUK")
    expect(page.locator("#who")).to_have_value("paaz-puk")


def test_requirements_are_ticked_counted_and_kept_while_the_tab_is_open(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.choose("vrijgevestigd")
    page = visitor.page
    page.get_by_role("link", name="Voorwaarden").click()
    items = page.locator(".checklist").first.locator("fieldset")
    items.nth(0).get_by_label("Voldaan").check()
    items.nth(1).get_by_label("Ontbreekt").check()
    expect(page.locator(".checklist .count").first).to_contain_text("1 voldaan, 1 ontbreekt")
    items.nth(0).get_by_role("link", name="Bron").first.click()
    expect(page.locator("#panel mark").first).to_be_visible()
    page.reload()
    expect(page.locator(".checklist .count").first).to_contain_text("1 voldaan, 1 ontbreekt")
    page.get_by_role("button", name="Wis alles").click()
    expect(page.locator(".checklist .count").first).to_contain_text("0 voldaan, 0 ontbreekt")


def test_the_abbreviations_are_a_list_with_the_sentence_that_explains_each(visit: Callable[..., Any]) -> None:
    page = visit("/#afkortingen").page
    known = page.locator(".term", has=page.locator("dt", has_text="IGJ"))
    expect(known).to_contain_text("Inspectie voor de Gezondheidszorg en Jeugd")
    expect(page.locator(".term", has=page.locator("dt", has_text="LVVP"))).to_contain_text(
        "niet uitgelegd in het beleid"
    )
    known.get_by_role("link").click()
    expect(page.locator("#panel mark").first).to_contain_text("(IGJ)")


def test_the_way_to_a_person_is_on_every_view(visit: Callable[..., Any]) -> None:
    page = visit().page
    for name in ("chat", "termijnen", "voorwaarden", "afkortingen"):
        page.locator(f"[data-view={name}]").click()
        expect(page.locator(f"#view-{name}")).to_be_visible()
        expect(page.locator(".top .help-button")).to_be_visible()


def test_the_browser_goes_back_between_views(visit: Callable[..., Any]) -> None:
    page = visit().page
    page.get_by_role("link", name="Termijnen").click()
    page.get_by_role("link", name="Afkortingen").click()
    page.go_back()
    expect(page.locator("#view-termijnen")).to_be_visible()
    page.go_back()
    expect(page.locator("#view-chat")).to_be_visible()
