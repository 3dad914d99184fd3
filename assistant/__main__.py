"""The command ``inkoopwijzer``: arguments in, text on the screen and an exit code out."""

import logging
import os
import sys
from argparse import Namespace

from assistant.cli import ask, eval_commands, index_commands, rules_commands, serve
from assistant.cli.parser import Commands, Parser
from assistant.cli.screen import show_warnings, use_utf8, warn
from assistant.cli.texts import explain, message

FINE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
_COMMANDS = (ask, index_commands, serve, eval_commands, rules_commands)
_log = logging.getLogger(__name__)


def main(argv: list[str] | None = None) -> int:
    """Carry out a command.

    Returns 0 when it succeeded, 1 when an answer has status error or the work failed, 2 for wrong use.
    """
    use_utf8()
    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or FINE)
    show_warnings(arguments.verbose)
    return _carry_out(arguments)


def make_parser() -> Parser:
    """Return the parser with all its sub-commands."""
    parser = Parser("inkoopwijzer", explain("program"))
    commands = Commands(parser)
    for module in _COMMANDS:
        module.add_to(commands)
    return parser


def _carry_out(arguments: Namespace) -> int:
    from assistant.errors import AssistantError, UsageError
    from index.errors import IndexingError

    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except UsageError as error:
        warn(str(error))
        return WRONG_USE
    except (AssistantError, IndexingError) as error:
        _log.debug("the command failed", exc_info=True)
        warn(str(error))
        return FAILED
    except BrokenPipeError:  # who reads along, such as "head", has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        warn(message("interrupted"))
        return INTERRUPTED
    except Exception:
        _log.exception("the command broke")
        warn(message("broken"))
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
