"""Dutch (and English) text in, stemmed words out, with compounds split into words that the policies know."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:[.@-][a-z0-9]+)*")
_MIN_PART = 4
_STOP_WORDS = frozenset((Path(__file__).parent / "stop_words.txt").read_text(encoding="utf-8").split())
_stem = lru_cache(maxsize=50_000)(Stemmer.Stemmer("dutch_porter").stemWord)


def fold(text: str) -> str:
    """Lower the case and take the accents off."""
    lower = text.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """Return the stems of all words of a text, in order."""
    return [_stem(word) for word in words(text)]


class Analyzer:
    """Turns text into search terms: stems of the words and of the known parts of compounds."""

    def __init__(self, corpus: Iterable[str]) -> None:
        """Learn from the texts to be searched which words exist, so that compounds can be split into them."""
        self._vocabulary = frozenset(
            word for text in corpus for word in words(text) if len(word) >= _MIN_PART and word.isalpha()
        )
        self._parts = lru_cache(maxsize=20_000)(self._split)

    def words(self, text: str) -> list[str]:
        """Return the words of a text that are no stop words, folded."""
        return [word for word in words(text) if word not in _STOP_WORDS]

    def terms(self, text: str) -> list[str]:
        """Return the search terms of a text; stop words are left out."""
        terms: list[str] = []
        for word in self.words(text):
            terms.append(_stem(word))
            terms += [_stem(part) for part in self._parts(word)]
        return terms

    def _split(self, word: str) -> tuple[str, ...]:
        """Split a compound into two or three known words, a linking s, e or en between them; () when it is none."""
        for at in range(len(word) - _MIN_PART, _MIN_PART - 1, -1):
            head, tail = word[:at], word[at:]
            if tail not in self._vocabulary:
                continue
            for linking in ("", "s", "e", "en"):
                stem = head.removesuffix(linking) if linking else head
                if stem in self._vocabulary and (not linking or head.endswith(linking)):
                    return stem, tail
            deeper = self._split(head)
            if deeper:
                return *deeper, tail
        return ()
