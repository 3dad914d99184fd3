"""``rules``, ``deadlines`` and ``checklist``: look after the facts, and list those of one kind of provider."""

from argparse import Namespace
from pathlib import Path

from assistant.cli.ask import day_of
from assistant.cli.parser import Commands
from assistant.cli.screen import ProgressBar, say
from assistant.cli.texts import explain, message
from assistant.scope import ProviderType


def add_to(commands: Commands) -> None:
    """Add the sub-commands."""
    inner = Commands(commands.add("rules", "rules"))
    inner.add("ship", "rules.ship", ship)
    check_parser = inner.add("check", "rules.check", check)
    deadlines_parser = commands.add("deadlines", "deadlines", deadlines)
    checklist_parser = commands.add("checklist", "checklist", checklist)
    types = [str(provider_type) for provider_type in ProviderType]
    described = explain("ask.provider-type", types=", ".join(types))
    for parser in (deadlines_parser, checklist_parser):
        parser.add_argument("--provider-type", metavar="SOORT", choices=types, required=True, help=described)
    for parser in (check_parser, deadlines_parser):
        parser.add_argument("--as-of", metavar="DAG", help=explain("ask.as-of"))
    check_parser.add_argument("--reach", action="store_true", help=explain("rules.check.reach"))
    deadlines_parser.add_argument("--ics", type=Path, metavar="BESTAND", help=explain("deadlines.ics"))
    checklist_parser.add_argument("--have", default="", metavar="LIJST", help=explain("checklist.have"))


def ship(_: Namespace) -> int:
    """Write the vectors that ship with the product.

    Raises:
        IndexingError, AssistantError: the policies or the facts do not load.
    """
    from assistant.rules.ship import ship_vectors

    with ProgressBar("ship") as progress:
        file = ship_vectors(progress)
    say(message("shipped", file=file, size=file.stat().st_size // 1000))
    return 0


def check(arguments: Namespace) -> int:
    """Check the facts as a whole; with ``--reach`` also whether their phrasings lead to them.

    Raises:
        IndexingError: the policies or the embedding model cannot be loaded.
    """
    from assistant.rules.commands import rules_check
    from index.embeddings import BUNDLED_MODEL, load_embedder
    from index.vectors import VectorCache

    day = day_of(arguments.as_of)
    if not arguments.reach:
        return rules_check(say, day)
    return rules_check(say, day, VectorCache(load_embedder(BUNDLED_MODEL), BUNDLED_MODEL, kept=Path()))


def deadlines(arguments: Namespace) -> int:
    """List the dates of a provider type.

    Raises:
        IndexingError, AssistantError: the policies or the facts do not load, or the day does not exist.
    """
    from assistant.rules import commands

    return commands.deadlines(say, ProviderType(arguments.provider_type), day_of(arguments.as_of), arguments.ics)


def checklist(arguments: Namespace) -> int:
    """List the requirements of a provider type.

    Raises:
        IndexingError, AssistantError: the policies or the facts do not load, or a key is not known.
    """
    from assistant.rules import commands

    return commands.checklist(say, ProviderType(arguments.provider_type), commands.parse_have(arguments.have))
