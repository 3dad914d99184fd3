"""The parser of the command line: argparse, with every word in Dutch."""

import argparse
import re
from collections.abc import Callable, Iterable
from typing import NoReturn, TypeAlias

from assistant.cli.texts import explain, texts

Run: TypeAlias = Callable[[argparse.Namespace], int]


class _DutchFormatter(argparse.HelpFormatter):
    """Writes "gebruik:" instead of "usage:"."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, explain("usage") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that says in Dutch what argparse says in English."""

    def __init__(self, prog: str, description: str, **_settings_of_newer_versions: object) -> None:
        super().__init__(
            prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_DutchFormatter
        )
        self._positionals.title, self._optionals.title = explain("arguments"), explain("options")
        self.add_argument("-h", "--help", action="help", help=explain("help"))

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and where the explanation is; end with exit code 2."""
        self.exit(2, f"{self.prog}: {in_dutch(message)}.\n{explain('more', program=self.prog)}\n")


class Commands:
    """The sub-commands of a parser, to which each module adds its own."""

    def __init__(self, parser: Parser) -> None:
        self._actions = parser.add_subparsers(
            title=explain("commands"), metavar=explain("command"), required=True, parser_class=Parser
        )

    def add(self, name: str, text: str, run: Run | None = None) -> Parser:
        """Add a sub-command that ``run`` carries out, or, without it, one that has sub-commands itself."""
        described = explain(text)
        parser: Parser = self._actions.add_parser(name, help=described, description=described)
        if run is not None:
            parser.add_argument("--verbose", action="store_true", help=explain("verbose"))
            parser.set_defaults(run=run)
        return parser


def in_dutch(message: str) -> str:
    """Translate what argparse says, part by part."""
    for pattern, dutch in texts().argparse:
        message = re.sub(pattern, dutch, message)
    return message
