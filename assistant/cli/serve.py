"""``serve``: start the web chat."""

from argparse import ArgumentTypeError, Namespace

from assistant.cli.parser import Commands
from assistant.cli.texts import explain, message


def add_to(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("serve", "serve", run)
    parser.add_argument("--host", metavar="ADRES", default="127.0.0.1", help=explain("serve.host"))
    parser.add_argument("--port", metavar="POORT", type=_port, default=7860, help=explain("serve.port"))


def run(arguments: Namespace) -> int:
    """Serve until it is stopped."""
    from assistant.cli.ask import wired
    from assistant.web.app import serve

    serve(arguments.host, arguments.port, wired)
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise ArgumentTypeError(message("port", port=text))
    return int(text)
