"""Measure what the product promises of size, speed and memory, and print it as a table: ``make bench``."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

ROOT = Path(__file__).parent.parent
RULE_QUESTION = "Tot wanneer kan ik als vrijgevestigde psycholoog de zorgovereenkomst 2026 tekenen?"
QUESTIONS = (
    RULE_QUESTION,
    "Welke rol speelt de huisarts bij passende zorg in de regio?",
    "Wat staat er over de zorgkloof en de beschikbaarheid van personeel?",
    "Wat is het e-mailadres voor vragen over zorginkoop?",
    "Heb ik een machtiging nodig voor een verblijfsdag?",
    "Wat zijn de voorwaarden voor een opslag als vrijgevestigde?",
    "Wanneer wordt het beleid voor mondzorg gepubliceerd?",
    "Kan ik nu nog een contract aanvragen als tandprotheticus?",
    "Is implantologie verzekerd in de basisverzekering?",
)
DAY = "2025-09-20"
REPEATS = 5

WARM = """
import json, resource, sys
from datetime import date
from time import perf_counter
from assistant.flow import wire
from assistant.question import Question
assistant = wire()
assistant.search.open()
questions = [Question(text, date.fromisoformat(sys.argv[1])) for text in json.load(sys.stdin)]
assistant.answer(questions[0])
times, by_rule = [], []
for question in questions:
    start = perf_counter()
    answer = assistant.answer(question)
    times.append((perf_counter() - start) * 1000)
    if answer.facts:
        by_rule.append(times[-1])
status = open("/proc/self/status").read()
resident = int(status.split("VmRSS:")[1].split()[0]) / 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"times": times, "by_rule": by_rule, "resident": resident, "peak": peak}))
"""
UNSHIPPED = """
from pathlib import Path
import index.vectors
index.vectors.VectorCache.__init__.__defaults__ = (Path("/nonexistent"),)
from assistant.__main__ import main
main(["index", "build"])
"""
FIRST_SEARCHED = """
import json, sys
from datetime import date
from assistant.flow import wire
from assistant.question import Question
assistant = wire()
for text in json.load(sys.stdin):
    assistant.answer(Question(text, date.fromisoformat(sys.argv[1])))
    if "chromadb" in sys.modules:
        print(text)
        break
"""


@dataclass(frozen=True)
class Row:
    """A line of the table; ``limit`` is None where nothing is promised."""

    what: str
    value: float
    unit: str
    limit: float | None = None


def main() -> None:
    """Measure and print, row by row; ends with 1 when a promise is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for row in measure(Path(folder)):
            rows.append(row)
            show(row)
    sys.exit(any(row.limit is not None and row.value >= row.limit for row in rows))


def measure(folder: Path) -> Iterator[Row]:
    """Yield every measurement; ``folder`` is emptied by the caller."""
    yield Row("base install", install_size(folder / "install"), "MB", 1200)
    home = folder / "home"
    yield Row("index build, vectors shipped", seconds(lambda: cli(home, "index", "build")), "s", 90)
    yield Row("index build, nothing changed", repeated(lambda: cli(home, "index", "build")), "s", 2)
    yield Row("first ask, all kept vectors new", seconds(lambda: ask(home, RULE_QUESTION)), "s")
    yield Row("cold ask, by a rule", repeated(lambda: ask(home, RULE_QUESTION)), "s", 2.5)
    searched = python(home, FIRST_SEARCHED, DAY, stdin=json.dumps(question_texts())).strip()
    if searched:
        yield Row("cold ask, by search", repeated(lambda: ask(home, searched)), "s", 5)
    yield from warm(home)
    yield Row("index build, every vector new", seconds(lambda: python(folder / "unshipped", UNSHIPPED)), "s")


def warm(home: Path) -> Iterator[Row]:
    """Measure answers in one process, and the memory of that process."""
    questions = question_texts()
    result = json.loads(python(home, WARM, DAY, stdin=json.dumps(questions)))
    times = result["times"]
    yield Row(f"warm answer, median of {len(times)}", median(times), "ms", 60)
    yield Row(f"warm answer by a rule, median of {len(result['by_rule'])}", median(result["by_rule"]), "ms", 25)
    yield Row("warm answer, 95th percentile", quantiles(times, n=20)[-1], "ms", 150)
    yield Row("resident memory after answering", result["resident"], "MB", 450)
    yield Row("peak memory", result["peak"], "MB")


def question_texts() -> list[str]:
    """Return the questions of the question sets, or those of this module when there are none."""
    lines = [line for path in sorted(ROOT.glob("eval/questions/*.jsonl")) for line in path.read_text().splitlines()]
    return [json.loads(line)["question"] for line in lines if line.strip()] or list(QUESTIONS)


def install_size(folder: Path) -> float:
    """Install the base into a new environment and return its size in MB (1,000,000 bytes)."""
    source, environment = folder / "source", folder / "venv"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".venv", ".git", "out", "__pycache__", ".*_cache"))
    run([sys.executable, "-m", "venv", str(environment)])
    options = "--quiet --frozen --no-dev --no-editable --compile-bytecode --link-mode=copy"
    run([uv(), "sync", *options.split()], cwd=source, UV_PROJECT_ENVIRONMENT=str(environment))
    size = sum(path.stat().st_size for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
    shutil.rmtree(folder)
    return size / 1e6


def ask(home: Path, question: str) -> str:
    """Answer a question in a process of its own."""
    return cli(home, "ask", question, "--as-of", DAY)


def cli(home: Path, *arguments: str) -> str:
    """Run a command of the product in a process of its own."""
    return run([sys.executable, "-m", "assistant", *arguments], INKOOPWIJZER_HOME=str(home))


def python(home: Path, code: str, *arguments: str, stdin: str = "") -> str:
    """Run code in a process of its own."""
    return run([sys.executable, "-c", code, *arguments], stdin=stdin, INKOOPWIJZER_HOME=str(home))


def run(command: list[str], cwd: Path = ROOT, stdin: str = "", **variables: str) -> str:
    """Run a program and return what it wrote."""
    environment = {**os.environ, **variables}
    finished = subprocess.run(  # noqa: S603
        command, cwd=cwd, env=environment, input=stdin, check=True, capture_output=True, text=True
    )
    return finished.stdout


def uv() -> str:
    """Return the uv of this environment, or else the one on the path."""
    own = Path(sys.executable).parent / "uv"
    return str(own) if own.exists() else "uv"


def seconds(work: Callable[[], object]) -> float:
    """Return how long work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def repeated(work: Callable[[], object]) -> float:
    """Return the median of five times."""
    return median(seconds(work) for _ in range(REPEATS))


def show(row: Row) -> None:
    """Print a row."""
    promise = "" if row.limit is None else f"under {row.limit:g}  {'yes' if row.value < row.limit else 'NO'}"
    sys.stdout.write(f"{row.what:<34}{row.value:>10.2f} {row.unit:<4}{promise}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
