"""What the command line writes where: results on standard output; messages, warnings and progress on standard error."""

import io
import logging
import sys
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, TextIO

from assistant.cli.texts import texts

if TYPE_CHECKING:
    from tqdm import tqdm

_QUIET_SECONDS, _SECONDS_BETWEEN_LINES = 5, 10


def say(text: str) -> None:
    """Write a result."""
    sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """Write a message that is not the result."""
    sys.stderr.write(f"{text}\n")


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says, and never break on a character that cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def clean(text: str) -> str:
    """Replace lone surrogates, which bytes that are not UTF-8 become and which no stream can write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def show_warnings(verbose: bool) -> None:
    """Show the whole log, or of its warnings only those that have a sentence for people."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _OnScreen | _ForPeople)]:
        root.removeHandler(handler)
    root.addHandler(_OnScreen() if verbose else _ForPeople())
    root.setLevel(logging.INFO if verbose else logging.WARNING)


class _OnScreen(logging.StreamHandler[TextIO]):
    """Shows every record, with its traceback."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))


class _ForPeople(logging.Handler):
    """Shows of a warning the error of ours that it carries: those have a Dutch sentence, the rest is for the log."""

    def emit(self, record: logging.LogRecord) -> None:
        from assistant.errors import AssistantError
        from index.errors import IndexingError

        arguments = record.args if isinstance(record.args, tuple) else ()
        carried = [*arguments, record.exc_info[1] if record.exc_info else None]
        for error in carried:
            if isinstance(error, AssistantError | IndexingError):
                warn(str(error))


class ProgressBar:
    """Shows how far long work is; on a terminal as a moving bar, else as a line now and then."""

    def __init__(self, name: str) -> None:
        """Take the label of that name; nothing is shown before there is work."""
        self._label = texts().progress[name]
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are done; a lower count begins anew."""
        bar = self._bar or self._make(total)
        if bar.total != total or done < bar.n:
            bar.reset(total)
        bar.update(done - bar.n)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def _make(self, total: int) -> "tqdm[NoReturn]":
        from tqdm import tqdm

        is_terminal = sys.stderr.isatty()
        self._bar = tqdm(
            total=total,
            desc=self._label,
            bar_format=texts().progress["bar"],
            leave=False,
            file=sys.stderr,
            delay=0.5 if is_terminal else _QUIET_SECONDS,
            mininterval=0.1 if is_terminal else _SECONDS_BETWEEN_LINES,
        )
        return self._bar
