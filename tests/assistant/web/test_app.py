"""The whole application: what it serves, and what it does not."""

import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from assistant.web.app import ServeError, listen
from assistant.web.guard import LARGEST_BODY


@pytest.fixture(scope="module")
def client(app: Starlette) -> Iterator[TestClient]:
    yield TestClient(app)


def test_the_page_is_dutch_and_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html\n\tlang="nl"' in page
    assert "googleapis" not in page
    assert "og:image" not in page
    assert "/opmaak/chat.css" in page


def test_every_answer_forbids_the_browser_to_ask_another_host(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert "connect-src 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/docs", "/redoc", "/login", "/logout", "/monitoring", "/pwa_icon", "/gradio_api/upload",
        "/gradio_api/upload_progress", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://voorbeeld.invalid",
        "/gradio_api/component_server", "/gradio_api/runs", "/gradio_api/call/ask", "/gradio_api/run/ask",
        "/gradio_api/deep_link", "/gradio_api/openapi.json", "/gradio_api/info", "/opmaak/../app.py",
    ],
)  # fmt: skip
def test_what_the_chat_does_not_need_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 405)


def test_no_event_of_the_chat_is_public(client: TestClient) -> None:
    events = client.get("/config").json()["dependencies"]
    assert {event["api_visibility"] for event in events} == {"private"}
    assert len(events) == 6


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/ask", content=b"x" * (LARGEST_BODY + 1)).status_code == 413


def test_a_large_body_of_unknown_length_does_not_reach_the_application(client: TestClient) -> None:
    pieces = (b" " * 50_000 for _ in range(10))
    with pytest.raises(Exception, match=r".*"):
        sent = client.post("/api/v1/ask", content=pieces, headers={"content-type": "application/json"})
        raise RuntimeError(sent.status_code)


def test_a_source_that_does_not_exist_is_not_found(client: TestClient) -> None:
    for path in ("2026-ggz/5-1", "2026-ggz/0-999999", "2019-ggz/0-10"):
        assert client.get(f"/bron/{path}").status_code == 404


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Poort {port} is al in gebruik"):
            listen("127.0.0.1", port)


def test_an_address_that_is_not_of_this_machine_is_said_plainly() -> None:
    with pytest.raises(ServeError, match=r"kan niet starten op 203\.0\.113\.7:7860"):
        listen("203.0.113.7", 7860)
