import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from assistant.__main__ import main
from assistant.flow import Assistant
from index.build import build_index, current_build, is_current, open_content
from index.documents import Document
from index.embeddings import BUNDLED_MODEL
from index.errors import IndexBusyError

QUESTION = "Sluit Caresq zorgovereenkomsten met terugwerkende kracht?"
FOUND = "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."
INTERRUPTED = """
import sys, time
import index.build
from assistant.__main__ import main

def stop_here(*_):
    print("here", flush=True)
    time.sleep(300)

setattr(index.build, sys.argv[1], stop_here)
main(["index", "build"])
"""


@pytest.fixture
def own_home(home: Path, assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder with an index of its own."""
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    monkeypatch.setenv("INKOOPWIJZER_HOME", str(folder))
    return folder


def build_of(home: Path) -> Path:
    build = current_build(home / "index")
    assert build is not None
    return build


def make_outdated(home: Path) -> Path:
    """Make the index one of other documents, which still answers, and return its build."""
    meta = build_of(home) / "meta.json"
    raw = json.loads(meta.read_text())
    meta.write_text(json.dumps({**raw, "version": "older"}))
    return meta.parent


def test_an_index_that_fits_is_not_built_again(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = build_of(own_home)
    assert main(["index", "build"]) == 0
    assert build_of(own_home) == before
    assert capsys.readouterr().out.startswith("De index staat klaar: ")


def test_the_status_tells_whether_the_index_fits(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "status"]) == 0
    assert capsys.readouterr().out.startswith("De index klopt met het beleid: ")
    make_outdated(own_home)
    assert main(["index", "status"]) == 0
    assert "past niet meer bij het beleid" in capsys.readouterr().out
    assert main(["index", "status", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["current"], shown["version"], shown["embedding_model"]) == (False, "older", BUNDLED_MODEL)


def test_a_search_shows_passages_with_heading_and_page(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "search", QUESTION, "--policy", "2026-ggz"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("1. 2026-ggz › ")
    assert FOUND in shown
    assert main(["index", "search", QUESTION, "--policy", "2026-ggz", "--json"]) == 0
    assert {passage["policy"] for passage in json.loads(capsys.readouterr().out)} == {"2026-ggz"}


def wait_for_refill() -> None:
    for thread in threading.enumerate():
        if thread.name == "refill-chroma":
            thread.join(60)


def remove_pointer(home: Path) -> None:
    (home / "index" / "current").unlink()


def scribble_pointer(home: Path) -> None:
    (home / "index" / "current").write_bytes(b"\xff\x00../..")


def remove_everything(home: Path) -> None:
    shutil.rmtree(home)


def remove_build(home: Path) -> None:
    shutil.rmtree(build_of(home))


def overwrite(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (build_of(home) / name).write_bytes(b"\x00\xff geen index " * 100)

    return damage


def truncate(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        file = build_of(home) / name
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    return damage


def remove_chroma(home: Path) -> None:
    shutil.rmtree(build_of(home) / "chroma")


DAMAGE = [
    pytest.param(remove_everything, id="no data folder"),
    pytest.param(remove_pointer, id="no pointer"),
    pytest.param(scribble_pointer, id="damaged pointer"),
    pytest.param(remove_build, id="no build"),
    pytest.param(overwrite("meta.json"), id="damaged meta.json"),
    pytest.param(overwrite("chunks.jsonl"), id="damaged chunks.jsonl"),
    pytest.param(truncate("chunks.jsonl"), id="half of chunks.jsonl"),
    pytest.param(overwrite("vectors.npz"), id="damaged vectors.npz"),
    pytest.param(truncate("vectors.npz"), id="half of vectors.npz"),
]
DAMAGED_CHROMA = [
    pytest.param(remove_chroma, id="no Chroma"),
    pytest.param(overwrite("chroma/chroma.sqlite3"), id="damaged Chroma"),
]


@pytest.mark.parametrize("damage", [*DAMAGE, *DAMAGED_CHROMA])
def test_a_search_answers_whatever_is_missing_or_damaged_and_repairs_it(
    damage: Callable[[Path], None], own_home: Path, documents: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(own_home)
    assert main(["index", "search", QUESTION, "--policy", "2026-ggz"]) == 0
    screen = capsys.readouterr()
    assert FOUND in screen.out
    assert "Traceback" not in screen.err
    wait_for_refill()
    assert is_current(build_of(own_home), documents, BUNDLED_MODEL)


def test_a_missing_chroma_is_there_again_after_the_process_that_met_it(
    own_home: Path, documents: list[Document]
) -> None:
    remove_chroma(own_home)
    command = [sys.executable, "-m", "assistant", "index", "search", QUESTION]
    first, second = (subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(2))
    assert (first.stdout, second.stderr) == (second.stdout, "")
    assert "Chroma kan de index in " in first.stderr
    assert is_current(build_of(own_home), documents, BUNDLED_MODEL)


@pytest.mark.parametrize("damage", DAMAGED_CHROMA)
def test_a_build_fills_a_damaged_chroma_again(
    damage: Callable[[Path], None],
    own_home: Path,
    documents: list[Document],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage(own_home)
    monkeypatch.setattr("index.build.make_content", None)
    assert main(["index", "build"]) == 0
    assert capsys.readouterr().out.startswith("De index staat klaar: ")
    assert is_current(build_of(own_home), documents, BUNDLED_MODEL)


def test_an_unchanged_build_does_not_import_chroma(own_home: Path) -> None:
    code = (
        "import sys; from assistant.__main__ import main; main(['index', 'build']); sys.exit('chromadb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_status_of_a_missing_or_damaged_index_is_a_sentence_and_a_build_repairs_it(
    damage: Callable[[Path], None], own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(own_home)
    assert main(["index", "status"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(("Er is nog geen index in ", "De index in "))
    assert main(["index", "build"]) == 0
    assert main(["index", "status"]) == 0


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[bool]:
    """Lay a small disk over a folder; yield False where this user may not do that."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    is_able = os.geteuid() == 0 and shutil.which("mount") is not None
    may_mount = is_able and subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield may_mount
    finally:
        if may_mount:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def failing_write(number: int) -> Callable[..., str]:
    def fail(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_full_disk_leaves_the_previous_index_and_says_so(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = make_outdated(own_home)
    used = sum(path.stat().st_size for path in own_home.rglob("*") if path.is_file())
    disk = tmp_path / "disk"
    with mounted(disk, f"{used // 1000 + 1500}k") as is_small:
        shutil.copytree(own_home, disk, dirs_exist_ok=True)
        monkeypatch.setenv("INKOOPWIJZER_HOME", str(disk))
        if not is_small:
            monkeypatch.setattr("index.build.write_content", failing_write(errno.ENOSPC))
        assert main(["index", "build"]) == 1
        assert "vol" in capsys.readouterr().err
        assert open_content(disk / "index")[0].name == build.name
        assert not list((disk / "index").glob("partial-*"))


def test_a_read_only_folder_is_named_and_the_index_in_it_still_answers(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_outdated(own_home)
    disk = tmp_path / "disk"
    with mounted(disk, "100m") as is_disk:
        shutil.copytree(own_home, disk, dirs_exist_ok=True)
        monkeypatch.setenv("INKOOPWIJZER_HOME", str(disk))
        if is_disk:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        else:
            monkeypatch.setattr("index.build.FileLock", failing_write(errno.EROFS))
        assert main(["index", "build"]) == 1
        assert "alleen-lezen; kies een andere met INKOOPWIJZER_HOME" in capsys.readouterr().err
        assert main(["index", "search", QUESTION]) == 0
        assert FOUND in capsys.readouterr().out


def start_and_wait(stop_at: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own and return when it stands still in the named step."""
    process = subprocess.Popen([sys.executable, "-c", INTERRUPTED, stop_at], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)


@pytest.mark.parametrize("step", ["write_content", "write_collection", "_check", "_point_to"])
def test_a_build_that_is_killed_leaves_the_previous_index_and_the_next_build_succeeds(
    step: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    previous = make_outdated(own_home)
    kill(start_and_wait(step))
    assert open_content(own_home / "index")[0] == previous
    assert main(["index", "build"]) == 0
    assert main(["index", "status"]) == 0
    assert "klopt met het beleid" in capsys.readouterr().out
    assert len([path for path in (own_home / "index").iterdir() if path.is_dir()]) == 1


def test_a_second_build_at_the_same_time_is_refused_with_a_sentence(
    own_home: Path, documents: list[Document], embeddings: Embeddings, capsys: pytest.CaptureFixture[str]
) -> None:
    make_outdated(own_home)
    first = start_and_wait("write_content")
    try:
        assert main(["index", "build"]) == 1
        assert capsys.readouterr().err.startswith("Een ander proces bouwt op dit moment de index.")
        started = time.monotonic()
        with pytest.raises(IndexBusyError):
            build_index(documents, embeddings, BUNDLED_MODEL, own_home / "index", wait_seconds=1)
        assert time.monotonic() - started < 30
    finally:
        kill(first)
    assert main(["index", "build"]) == 0
