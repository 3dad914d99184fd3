"""``eval``: measure how good the answers are; a thin layer over the commands of the evaluation."""

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.ask import day_of, wired
from assistant.cli.parser import Commands, Parser
from assistant.cli.screen import ProgressBar, say, warn
from assistant.cli.texts import explain

if TYPE_CHECKING:
    from eval.commands import Screen
    from index.vectors import VectorCache

_BASELINE = Path("eval/baseline.json")
_OUT = Path("out/eval")


def add_to(commands: Commands) -> None:
    """Add the sub-commands."""
    inner = Commands(commands.add("eval", "eval"))
    run_parser = inner.add("run", "eval.run", run)
    _path(run_parser, "questions", "VRAGEN")
    run_parser.add_argument("--to", type=Path, default=_OUT, metavar="MAP", help=explain("eval.to"))
    run_parser.add_argument("--as-of", metavar="DAG", help=explain("ask.as-of"))
    score_parser = inner.add("score", "eval.score", score)
    _path(score_parser, "questions", "VRAGEN")
    _path(score_parser, "answers", "ANTWOORDEN")
    score_parser.add_argument("--to", type=Path, default=_OUT, metavar="MAP", help=explain("eval.to"))
    compare_parser = inner.add("compare", "eval.compare", compare)
    _path(compare_parser, "before", "EERST")
    _path(compare_parser, "after", "DAARNA")
    _path(inner.add("report", "eval.report", report), "folder", "MAP")
    for name, command in (("gate", gate), ("baseline", baseline)):
        parser = inner.add(name, f"eval.{name}", command)
        _path(parser, "folder", "MAP")
        parser.add_argument("--file", type=Path, default=_BASELINE, metavar="BESTAND", help=explain("eval.file"))
    _path(inner.add("retrieval", "eval.retrieval", retrieval), "questions", "VRAGEN")
    _add_lookup(inner.add("lookup", "eval.lookup", lookup))


def run(arguments: Namespace) -> int:
    """Answer a question set, score the answers and write the report."""
    from eval import commands

    today = day_of(arguments.as_of)
    assistant = wired()
    with ProgressBar("ask") as progress:
        return commands.run(_screen(progress), arguments.questions, arguments.to, assistant.answer, today)


def score(arguments: Namespace) -> int:
    """Score answers that are there already."""
    from eval import commands

    return commands.score(_screen(), arguments.questions, arguments.answers, arguments.to)


def compare(arguments: Namespace) -> int:
    """Show what got better and worse."""
    from eval import commands

    return commands.compare(_screen(), arguments.before, arguments.after)


def report(arguments: Namespace) -> int:
    """Write the report again."""
    from eval import commands

    return commands.report(_screen(), arguments.folder)


def gate(arguments: Namespace) -> int:
    """Hold a run against the baseline."""
    from eval import commands

    return commands.gate(_screen(), arguments.folder, arguments.file)


def baseline(arguments: Namespace) -> int:
    """Take a run as the baseline."""
    from eval import commands

    return commands.baseline(_screen(), arguments.folder, arguments.file)


def retrieval(arguments: Namespace) -> int:
    """Measure how often the right passage is found."""
    from eval import commands

    return commands.retrieval(_screen(), arguments.questions, wired().search.find)


def lookup(arguments: Namespace) -> int:
    """Measure how often a question finds its fact first.

    Raises:
        IndexingError, AssistantError: the policies, the facts or the embedding model do not load.
    """
    from eval.lookup.commands import LookupOptions
    from eval.lookup.commands import lookup as measure
    from eval.lookup.phrasings import SHIPPED

    options = LookupOptions(
        as_of=day_of(arguments.as_of),
        phrasings=arguments.phrasings or SHIPPED,
        folder=arguments.to,
        leaves_out=arguments.leave_one_out,
    )
    with ProgressBar("lookup") as progress:
        return measure(_screen(progress), _vectors_of_lookups(), options)


def _vectors_of_lookups() -> "VectorCache":
    """Return the cache that keeps the vectors of measured questions apart from those of the assistant."""
    from index.embeddings import load_embedder
    from index.settings import read_index_settings
    from index.vectors import VectorCache

    settings = read_index_settings(dict(os.environ))
    model = settings.embedding_model
    return VectorCache(load_embedder(model), model, kept=settings.home / "eval" / "lookup-vectors.npz")


def _add_lookup(parser: Parser) -> None:
    parser.add_argument("phrasings", type=Path, nargs="?", metavar="BESTAND", help=explain("eval.phrasings"))
    parser.add_argument("--to", type=Path, metavar="MAP", help=explain("eval.lookup.to"))
    parser.add_argument("--leave-one-out", action="store_true", help=explain("eval.leave-one-out"))
    parser.add_argument("--as-of", metavar="DAG", help=explain("ask.as-of"))


def _path(parser: Parser, name: str, metavar: str) -> None:
    parser.add_argument(name, type=Path, metavar=metavar, help=explain(f"eval.{name}"))


def _screen(progress: ProgressBar | None = None) -> "Screen":
    from eval.commands import Screen

    return Screen(show=say, warn=warn, progress=progress)
