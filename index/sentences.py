"""Text in, the offsets of its sentences out; knows the abbreviations that the policies use."""

import re
from collections.abc import Iterator

_BOUNDARY = re.compile(r"(?<=[.?!])[”’')]?\s+(?=[A-Z‘“(•])")
_ABBREVIATION = re.compile(r"(?:\b(?:art|p|blz|nr|bijv|etc|vgl)|\b[a-z]\.[a-z](?:\.[a-z])?)\.$", re.IGNORECASE)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every sentence, end exclusive and without the white space behind it."""
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if _ABBREVIATION.search(text[start : boundary.start()]):
            continue
        end = boundary.start() + len(boundary.group()) - len(boundary.group().lstrip("”’')"))
        yield start, end
        start = boundary.end()
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())
