import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from assistant.flow import Assistant, wire
from index.documents import Document, read_documents
from index.embeddings import BUNDLED_MODEL
from index.langchain_embeddings import load_embeddings


class NetworkBlockedError(OSError):
    """A test tried to reach another machine."""


def is_local(address: Any) -> bool:
    """Tell whether an address of a socket, or a host, is on this machine; a Unix socket's is a path."""
    host = address[0] if isinstance(address, tuple) else address
    if not isinstance(host, str) or "/" in host or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def blocked_attempts() -> Iterator[list[str]]:
    """Block every connection to another machine, and list those that were tried."""
    attempts: list[str] = []

    def blocking(original: Any, is_method: bool) -> Any:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            address = args[-1] if is_method else args[0]
            if not is_local(address):
                attempts.append(str(address))
                raise NetworkBlockedError(f"A test may not reach {address}.")
            return original(*args, **kwargs)

        return guarded

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, blocking(getattr(socket.socket, name), is_method=True))
        patch.setattr(socket, "getaddrinfo", blocking(socket.getaddrinfo, is_method=False))
        yield attempts


@pytest.fixture(autouse=True)
def _nothing_leaves(blocked_attempts: list[str]) -> Iterator[None]:
    """Fail a test that tried to reach another machine, also where a library hides that it could not."""
    blocked_attempts.clear()
    yield
    assert not blocked_attempts, f"tried to reach {blocked_attempts}"


@pytest.fixture(scope="session")
def absent() -> Callable[[str], None]:
    """Return a function that ends a test because something is absent: skipped, but failed where all is to be tested."""

    def end(message: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)

    return end


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the data folder of the whole session, which is the one that the environment names."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INKOOPWIJZER_HOME", str(folder))
        patch.setenv("INKOOPWIJZER_EMBEDDING_MODEL", "")
        patch.setenv("INKOOPWIJZER_MODEL", "")
        yield folder


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return read_documents()


@pytest.fixture(scope="session")
def embeddings() -> Embeddings:
    return load_embeddings(BUNDLED_MODEL)


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    """Return the assistant as it ships, with a real index in the data folder of the session."""
    return wire()
