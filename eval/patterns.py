"""A regular expression and a text in, whether it occurs out; case and accents are ignored, and time is limited."""

import math
import unicodedata
from collections.abc import Iterator

import regex

from eval.errors import PatternTimeoutError
from eval.texts import texts

TIME_LIMIT = 2.0
"""Seconds after which a pattern that backtracks is given up."""
_MAX_COPIES = 100_000
_LONG_REPEAT = 20
_NOT_A_PATTERN = (regex.error, OverflowError, RecursionError)


def checked(pattern: str) -> str:
    """Return the pattern.

    Raises:
        ValueError: it is not a regular expression, or one that nests long repeats such as (a{1000}){1000}.
    """
    repeats = [int(count) for count in regex.findall(r"\{(\d{1,9})", pattern)]
    if math.prod(count for count in repeats if count > _LONG_REPEAT) > _MAX_COPIES:
        # the compiler writes a repeat out, and nothing limits its time
        raise ValueError(texts().problem("repeats", pattern=pattern))
    try:
        regex.compile(pattern, regex.IGNORECASE)
    except _NOT_A_PATTERN as error:
        raise ValueError(texts().problem("pattern", pattern=pattern, detail=str(error))) from error
    return pattern


def occurs(pattern: str, text: str, seconds: float = TIME_LIMIT) -> bool:
    """Tell whether the pattern matches the text as written, or matches with the accents of both taken off.

    Raises:
        PatternTimeoutError: the pattern does not come to an end within ``seconds``.
    """
    forms = ((pattern, text), (fold_pattern(pattern), fold_text(text)))
    try:
        return any(_matches(form, part, seconds) for form, part in forms)
    except TimeoutError as error:
        raise PatternTimeoutError(pattern) from error


def _matches(pattern: str, text: str, seconds: float) -> bool:
    try:
        return regex.search(pattern, text, regex.IGNORECASE, timeout=seconds) is not None
    except _NOT_A_PATTERN:  # folded, a range such as [z-é] runs backwards; the pattern as written still counts
        return False


def fold_text(text: str) -> str:
    """Take the accents off and write compatible characters as their plain ones (Unicode form NFKD)."""
    return "".join(map(_fold_character, unicodedata.normalize("NFC", text)))


def fold_pattern(pattern: str) -> str:
    """Fold the literal characters of a regular expression; escapes, operators and classes keep their meaning."""
    return "".join(_folded_parts(unicodedata.normalize("NFC", pattern)))


def _folded_parts(pattern: str) -> Iterator[str]:
    escaped = in_class = False
    for character in pattern:
        if escaped or character.isascii():
            yield character
            in_class = in_class if escaped else character == "[" or (in_class and character != "]")
            escaped = character == "\\" and not escaped
            continue
        folded = regex.escape(_fold_character(character))
        yield folded if in_class or len(folded) <= 1 else f"(?:{folded})"


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part))
