"""Passages in, the sentences of them that answer out, each as a literal quote."""

from assistant.rules.model import Quote
from index.documents import Document, find_document
from index.keywords import KeywordSearch
from index.search import Passage
from index.sentences import sentence_spans

_MOST_SENTENCES = 3
_SHARE_OF_BEST = 0.6
_SHORTEST = 12
_LONGEST = 420


def telling_sentences(asked: str, passages: list[Passage], documents: list[Document]) -> list[Quote]:
    """Return at most three sentences of the best passage, in their order: those that share most with the question."""
    if not passages:
        return []
    passage = passages[0]
    quotes = _sentences(passage, find_document(documents, passage.chunk.policy))
    if not quotes:
        return []
    scores = KeywordSearch([quote.text for quote in quotes]).scores(asked)
    best = float(scores.max())
    chosen = [quote for quote, score in zip(quotes, scores, strict=True) if best > 0 and score >= _SHARE_OF_BEST * best]
    return (chosen or quotes)[:_MOST_SENTENCES]


def _sentences(passage: Passage, document: Document) -> list[Quote]:
    chunk = passage.chunk
    quotes = []
    for span in document.spans:
        if span.end <= chunk.start or span.start >= chunk.end:
            continue
        for first, last in sentence_spans(span.block.text):
            start, end = span.start + first, span.start + last
            if start >= chunk.start and end <= chunk.end and _SHORTEST <= end - start <= _LONGEST:
                quotes.append(
                    Quote(document.id, document.title, chunk.heading_path, document.page_at(start),
                          document.text[start:end], start, end)
                )  # fmt: skip
    return quotes
