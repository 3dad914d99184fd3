import socket
from collections.abc import Callable
from typing import Any

import pytest


def test_a_connection_to_another_machine_is_blocked(blocked_attempts: list[str]) -> None:
    with socket.socket() as client, pytest.raises(OSError, match="may not reach"):
        client.connect(("192.0.2.1", 80))
    blocked_attempts.clear()


def test_the_name_of_another_machine_is_not_looked_up(blocked_attempts: list[str]) -> None:
    with pytest.raises(OSError, match="may not reach"):
        socket.getaddrinfo("www.example.org", 443)
    blocked_attempts.clear()


def test_a_connection_to_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize(
    ("ci", "outcome"), [pytest.param("true", pytest.fail, id="CI"), pytest.param("", pytest.skip, id="elsewhere")]
)
def test_what_is_absent_fails_on_ci_and_is_skipped_elsewhere(
    ci: str, outcome: Any, monkeypatch: pytest.MonkeyPatch, absent: Callable[[str], None]
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome.Exception, match=r"^a program is absent$"):
        absent("a program is absent")
