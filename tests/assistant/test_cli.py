import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.answer import Answer, Citation, Contact, Option, Status
from assistant.cli.parser import in_dutch
from assistant.cli.render import render
from assistant.flow import Assistant

KEYS = ["schema", "id", "question", "lang", "as_of", "status", "text", "facts", "citations", "options", "contact",
        "composer", "index_version", "rules_version", "elapsed_ms"]  # fmt: skip
SIGNING = "Tot wanneer kan ik als vrijgevestigde psycholoog de zorgovereenkomst 2026 tekenen?"
HEAVY = ("chromadb", "langchain_chroma", "gradio", "fastapi", "torch", "sentence_transformers", "langchain")


@pytest.fixture
def wired(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """Let commands in this process use the assistant of the session."""
    monkeypatch.setattr("assistant.flow.wire", lambda **_: assistant)
    return assistant


def in_new_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["ask"], ["index"], ["index", "build"], ["index", "status"], ["index", "search"], ["serve"], ["eval"],
        ["eval", "run"], ["eval", "score"], ["eval", "compare"], ["eval", "report"], ["eval", "gate"],
        ["eval", "baseline"], ["eval", "retrieval"], ["rules"], ["rules", "ship"],
        ["rules", "check"], ["deadlines"], ["checklist"],
    ],
)  # fmt: skip
def test_help_is_in_dutch_and_ends_with_0(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("gebruik: inkoopwijzer")
    assert "toon deze uitleg en stop" in shown
    assert not {"usage", "options", "positional", "show", "default", "error"} & set(shown.lower().split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "inkoopwijzer: dit ontbreekt nog: OPDRACHT.", id="no command"),
        pytest.param(["vraag"], "OPDRACHT: 'vraag' bestaat niet; kies uit", id="unknown command"),
        pytest.param(["ask"], "Stel een vraag, bijvoorbeeld:", id="no question"),
        pytest.param(["ask", "Hoi", "--jsn"], "dit is onbekend: --jsn.", id="unknown option"),
        pytest.param(["ask", "Hoi", "--as-of"], "--as-of: hier hoort een waarde achter.", id="no value"),
        pytest.param(["ask", "Hoi", "--to", "x"], "--to hoort bij --from.", id="--to without --from"),
        pytest.param(["ask", "Hoi", "--from", "x"], "niet allebei.", id="question and file"),
        pytest.param(
            ["ask", "Hoi", "--provider-type", "arts"], "'arts' bestaat niet; kies uit 'vrijgevestigd'", id="type"
        ),
        pytest.param(["serve", "--port", "70000"], "--port: '70000' is geen poort", id="port"),
        pytest.param(
            ["index", "search", "Hoi", "--policy", "2027-ggz"], "Er is geen beleid '2027-ggz'. Kies", id="policy"
        ),
    ],
)
def test_wrong_use_is_named_in_dutch_and_ends_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    screen = capsys.readouterr()
    assert said in screen.err.replace("‘", "'")
    assert screen.out == ""


@pytest.mark.parametrize("day", ["2025-02-30", "2025-13-01", "gisteren", "", "30-02-2025"])
def test_a_day_that_does_not_exist_ends_with_2_and_one_sentence(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Wanneer moet ik tekenen?", "--as-of", day]) == 2
    assert capsys.readouterr().err == f"'{day}' is geen bestaande dag. Schrijf een dag als 2025-10-24.\n"


def test_an_unknown_policy_ends_with_2(wired: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Wanneer moet ik tekenen?", "--policy", "2027-ggz"]) == 2
    assert "Er is geen beleid '2027-ggz'" in capsys.readouterr().err


def test_argparse_says_nothing_in_english_that_the_table_misses() -> None:
    assert in_dutch("argument -a/--aa: expected 2 arguments") == "-a/--aa: hier horen 2 waarden achter"
    assert in_dutch("argument --bb: not allowed with argument --cc") == "--bb: kan niet samen met --cc"
    assert in_dutch("one of the arguments --bb --cc is required") == "kies een van deze opties: --bb --cc"


def test_an_answer_for_people_has_its_sources_with_heading_and_page(
    wired: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", SIGNING, "--as-of", "2025-10-30"]) == 0
    shown = capsys.readouterr().out
    assert "7 november 2025" in shown
    assert "\nBronnen\n[1] “" in shown
    assert "    Zorginkoopbeleid 2026 GGZ › 5 " in shown
    assert " van de ontvangen tekst" in shown
    assert "**" not in shown


def test_an_answer_as_json_has_every_key(wired: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", SIGNING, "--json", "--as-of", "2025-10-30", "--provider-type", "vrijgevestigd"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == KEYS
    assert (answer["as_of"], answer["status"]) == ("2025-10-30", "answered")


def test_words_without_quotation_marks_are_one_question(wired: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "Wanneer", "moet", "ik", "tekenen?"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "Wanneer moet ik tekenen?"


def test_options_and_contact_stand_under_their_own_headings() -> None:
    answer = Answer(
        question="Wat?",
        lang="nl",
        as_of="2025-10-30",
        status=Status.CLARIFY,
        text="Voor **wie** vraagt u dit? [1]",
        citations=(Citation(1, "2026-ggz", "Beleid", ("5 Planning", "Tabel"), 14, "een zin\nvan het beleid", 0, 22),),
        options=(Option("GGZ", "En voor de GGZ?"), Option("Mondzorg", "En voor de mondzorg?")),
        contact=Contact("Zorginkoop", "a@b.nl", None, "088"),
    )
    assert render(answer) == (
        "Voor wie vraagt u dit? [1]\n\n"
        "Bronnen\n[1] “een zin van het beleid”\n    Beleid › 5 Planning › Tabel, p. 14 van de ontvangen tekst\n\n"
        "Bedoelt u\n1. En voor de GGZ?\n2. En voor de mondzorg?\n\n"
        "Contact\nZorginkoop\na@b.nl\n088"
    )


def test_what_could_steer_a_terminal_is_not_shown() -> None:
    answer = Answer(question="", lang="nl", as_of="2025-10-30", status=Status.REFUSED, text="a\x1b[2Jb\x00c\nd")
    assert render(answer) == "a [2Jb c\nd"


def break_down(*_: object, **__: object) -> None:
    raise RuntimeError("secret detail")


def test_a_question_on_which_something_breaks_ends_with_1_and_an_answer(
    wired: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "answer", break_down)
    assert main(["ask", "Wanneer moet ik tekenen?", "--json"]) == 1
    screen = capsys.readouterr()
    assert json.loads(screen.out)["status"] == "error"
    assert "secret detail" not in screen.out + screen.err


def test_the_cause_of_what_breaks_is_shown_with_verbose(
    wired: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "answer", break_down)
    assert main(["ask", "Wanneer moet ik tekenen?", "--verbose"]) == 1
    assert "secret detail" in capsys.readouterr().err


def test_any_command_that_breaks_ends_with_1_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("index.documents.read_documents", break_down)
    assert main(["index", "status"]) == 1
    assert "secret detail" not in (said := capsys.readouterr().err)
    assert said.startswith(("Er ging iets mis", "Er is nog geen index"))


def test_reading_the_arguments_imports_nothing_heavy() -> None:
    code = f"import sys, assistant.__main__ as m; m.make_parser(); print([n for n in {HEAVY} if n in sys.modules])"
    assert in_new_process(code).stdout.strip() == "[]"


def test_an_answer_by_a_rule_needs_neither_vector_store_nor_web_nor_torch(home: Path, assistant: Assistant) -> None:
    code = (
        "import sys; from assistant.__main__ import main; code = main(['ask', *sys.argv[1:]]);"
        f"print(code, [n for n in {HEAVY} if n in sys.modules])"
    )
    finished = in_new_process(code, SIGNING, "--as-of", "2025-10-30")
    assert finished.stderr == ""
    assert finished.stdout.splitlines()[-1] == "0 []"


def test_a_reader_that_stops_early_is_no_error(home: Path, assistant: Assistant) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "assistant", "index", "search", "tarieven"]
    finished = subprocess.run(command, check=False, stdout=writer, stderr=subprocess.PIPE, timeout=120)
    os.close(writer)
    assert finished.stderr == b""


def test_the_dates_and_requirements_of_a_provider_type_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calendar = tmp_path / "data.ics"
    chosen = ["--provider-type", "vrijgevestigd"]
    assert main(["deadlines", *chosen, "--as-of", "2025-09-20", "--ics", str(calendar)]) == 0
    assert "7 november 2025" in capsys.readouterr().out
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert main(["checklist", *chosen, "--have", "kibg,lvvp"]) == 0
    assert "KiBG" in capsys.readouterr().out
    assert main(["checklist", *chosen, "--have", "rijbewijs"]) == 2
    assert main(["deadlines"]) == 2
