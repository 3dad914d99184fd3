"""A folded text in, the same text with the words that name an asker spelled right out."""

import re
from difflib import get_close_matches
from functools import lru_cache

from assistant.words import scope_words

_WORD = re.compile(r"[a-z]{7,}")
_ALIKE = 0.84
"""Two letters in ten; what is more unlike is another word."""


def spelled_right(folded: str) -> str:
    """Return a folded text in which a misspelled profession or kind of practice has its own spelling."""
    return _WORD.sub(lambda match: _right(match.group()), folded)


@lru_cache(maxsize=20_000)
def _right(word: str) -> str:
    return next(iter(get_close_matches(word, scope_words().spelled, n=1, cutoff=_ALIKE)), word)
