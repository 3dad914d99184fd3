"""``ask``: a question in, its Answer out; or a file of questions in, a file of Answers out."""

import json
import logging
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Status
from assistant.cli.parser import Commands
from assistant.cli.render import render
from assistant.cli.screen import ProgressBar, clean, say, warn
from assistant.cli.texts import explain, message
from assistant.days import parse_day, today
from assistant.errors import AssistantError, UsageError
from assistant.question import Question
from assistant.scope import ProviderType

if TYPE_CHECKING:
    from assistant.flow import Assistant

_log = logging.getLogger(__name__)


def add_to(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("ask", "ask", run)
    types = [str(provider_type) for provider_type in ProviderType]
    parser.add_argument("question", nargs="*", metavar="VRAAG", help=explain("ask.question"))
    parser.add_argument("--json", action="store_true", help=explain("ask.json"))
    parser.add_argument("--as-of", metavar="DAG", help=explain("ask.as-of"))
    parser.add_argument(
        "--provider-type", metavar="SOORT", choices=types, help=explain("ask.provider-type", types=", ".join(types))
    )
    parser.add_argument("--policy", metavar="ID", help=explain("ask.policy"))
    parser.add_argument("--from", dest="source", metavar="BESTAND", help=explain("ask.from"))
    parser.add_argument("--to", dest="target", metavar="BESTAND", help=explain("ask.to"))


def run(arguments: Namespace) -> int:
    """Answer what is asked; 1 when an answer has status error.

    Raises:
        UsageError: the arguments do not fit together, or name what does not exist.
    """
    _check(arguments)
    question = Question(
        text=clean(" ".join(arguments.question)),
        as_of=day_of(arguments.as_of),
        provider_type=ProviderType(arguments.provider_type) if arguments.provider_type else None,
        policy=arguments.policy,
    )
    if arguments.source is not None:
        from assistant.cli.batch import answer_file

        return answer_file(arguments.source, arguments.target or "-", question)
    answer = _ask(question)
    say(json.dumps(answer.to_dict(), ensure_ascii=False) if arguments.json else render(answer))
    return int(answer.status is Status.ERROR)


def day_of(text: str | None) -> date:
    """Return the day that is given, or else today.

    Raises:
        UsageError: it does not exist.
    """
    return parse_day(text) if text is not None else today()


def wired() -> "Assistant":
    """Build the assistant, with a progress bar when that takes long.

    Raises:
        IndexingError, AssistantError: a part cannot be loaded.
    """
    from assistant.flow import wire

    with ProgressBar("index") as progress:
        return wire(progress=progress)


def _check(arguments: Namespace) -> None:
    if arguments.source is None and arguments.target is not None:
        raise UsageError(message("only-with-from"))
    if arguments.source is None and not arguments.question:
        raise UsageError(message("no-question"))
    if arguments.source is not None and arguments.question:
        raise UsageError(message("question-and-file"))


def _ask(question: Question) -> Answer:
    """Answer one question; what breaks becomes an Answer with status error, its cause a message or the log."""
    from assistant.flow import failure
    from index.errors import IndexingError

    try:
        return wired().answer(question)
    except UsageError:
        raise
    except (AssistantError, IndexingError) as error:
        _log.debug("the question is not answered", exc_info=True)
        warn(str(error))
    except Exception:  # the edge: whatever breaks, the asker gets an Answer
        _log.exception("the question is not answered")
    return failure(question)
