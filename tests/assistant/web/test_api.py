"""The HTTP API."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from assistant.flow import Assistant
from assistant.question import Question
from assistant.web.api import make_api
from index.documents import Document

SIGNING = "Wanneer moet ik als vrijgevestigde uiterlijk tekenen?"


@pytest.fixture(scope="module")
def api(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_api(assistant, lambda: date(2025, 9, 20)), raise_server_exceptions=False) as client:
        yield client


def test_an_answer_is_exactly_that_of_the_assistant(api: TestClient, assistant: Assistant) -> None:
    answered = api.post("/api/v1/ask", json={"question": SIGNING, "as_of": "2025-09-20"})
    assert answered.status_code == 200
    expected = assistant.answer(Question(SIGNING, date(2025, 9, 20))).to_dict()
    given = answered.json()
    assert list(given) == list(expected)
    assert given["text"] == expected["text"]
    assert given["citations"][0]["marker"] == 1


def test_without_a_day_it_is_today(api: TestClient) -> None:
    assert api.post("/api/v1/ask", json={"question": SIGNING}).json()["as_of"] == "2025-09-20"


def test_provider_type_policy_and_history_reach_the_assistant(
    api: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    answer = assistant.answer
    monkeypatch.setattr(assistant, "answer", lambda question: (asked.append(question), answer(question))[1])
    body = {"question": "En daarna?", "provider_type": "cbt", "policy": "2025-mondzorg", "history": [SIGNING]}
    assert api.post("/api/v1/ask", json=body).status_code == 200
    assert asked == [Question("En daarna?", date(2025, 9, 20), None, "cbt", "2025-mondzorg", (SIGNING,))]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no question"),
        pytest.param({"question": 5}, id="a number"),
        pytest.param({"question": "x" * 20_001}, id="too long"),
        pytest.param({"question": "x", "vraag": "y"}, id="unknown key"),
        pytest.param({"question": "x", "as_of": "2025-02-30"}, id="no such day"),
        pytest.param({"question": "x", "provider_type": "tandarts"}, id="no such provider type"),
        pytest.param({"question": "x", "policy": "2019-ggz"}, id="no such policy"),
        pytest.param({"question": "x", "history": ["y"] * 21}, id="long history"),
        pytest.param({"question": "x", "history": [{"role": "system"}]}, id="roles in the history"),
    ],
)
def test_a_body_that_is_not_right_is_refused(api: TestClient, body: dict[str, Any]) -> None:
    assert api.post("/api/v1/ask", json=body).status_code == 422


def test_half_a_character_is_refused_and_breaks_nothing(api: TestClient) -> None:
    sent = api.post("/api/v1/ask", content=b'{"question": "\\ud800"}', headers={"content-type": "application/json"})
    assert sent.status_code == 422


def test_whatever_breaks_becomes_an_answer_that_says_so(
    api: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "answer", lambda _: 1 / 0)
    answered = api.post("/api/v1/ask", json={"question": "Mijn BSN is 111222333"})
    assert answered.status_code == 500
    assert answered.json()["status"] == "error"
    assert "division" not in answered.text
    assert "111222333" not in answered.text


def test_a_policy_is_given_with_the_text_that_citations_point_into(api: TestClient, documents: list[Document]) -> None:
    assert [policy["id"] for policy in api.get("/api/v1/policies").json()] == [document.id for document in documents]
    citation = api.post("/api/v1/ask", json={"question": SIGNING}).json()["citations"][0]
    policy = api.get(f"/api/v1/policies/{citation['policy']}").json()
    assert policy["sha256"] == next(document.sha256 for document in documents if document.id == policy["id"])
    cited = policy["text"][citation["start"] : citation["end"]]
    assert " ".join(cited.split()) == " ".join(citation["quote"].split())


def test_a_policy_that_does_not_exist_is_not_found(api: TestClient) -> None:
    assert api.get("/api/v1/policies/2019-ggz").status_code == 404


def test_health_names_the_policies_and_the_index(api: TestClient) -> None:
    assert api.get("/api/v1/health").json()["status"] == "ok"


def test_one_deadline_is_a_calendar_of_one_whole_day(api: TestClient) -> None:
    given = api.get("/api/v1/deadlines.ics", params={"fact": "2026-ggz.deadline.tekendatum"})
    assert given.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(given.content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2025, 11, 7)
    assert "Uiterste tekendatum" in str(event["description"])
    assert str(event["uid"]).startswith("2026-ggz.deadline.tekendatum@")


def test_the_deadlines_of_a_provider_type_are_one_calendar(api: TestClient) -> None:
    given = api.get("/api/v1/deadlines.ics", params={"provider_type": "vrijgevestigd"})
    assert len(Calendar.from_ical(given.content).walk("VEVENT")) > 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("", 422, id="nothing asked"),
        pytest.param("?fact=a&provider_type=cbt", 422, id="both asked"),
        pytest.param("?provider_type=tandarts", 422, id="no such provider type"),
        pytest.param("?fact=bestaat.niet", 404, id="no such fact"),
        pytest.param("?fact=2026-ggz.deadline.aanbieding-vragenlijst", 404, id="a vague date"),
    ],
)
def test_a_calendar_that_cannot_be_made_is_refused(api: TestClient, query: str, status: int) -> None:
    assert api.get(f"/api/v1/deadlines.ics{query}").status_code == status
