"""``rules``: look after the facts."""

from argparse import Namespace

from assistant.cli.parser import Commands
from assistant.cli.screen import ProgressBar, say
from assistant.cli.texts import message


def add_to(commands: Commands) -> None:
    """Add the sub-commands."""
    inner = Commands(commands.add("rules", "rules"))
    inner.add("ship", "rules.ship", ship)


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
