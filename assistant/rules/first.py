"""Facts in, a function out that tells which fact a text finds first; vectors come from the cache that ships."""

from dataclasses import replace
from datetime import date

from assistant.question import Question
from assistant.rules.check import FirstFact
from assistant.rules.lookup import learned_lookup
from assistant.rules.model import Fact
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.scope import Scope
from assistant.understand import understand
from index.documents import Document
from index.vectors import Progress, Role, VectorCache


class CachedEmbedder:
    """Looks vectors up in a cache, which embeds only what it does not know."""

    def __init__(self, cache: VectorCache) -> None:
        self._cache = cache

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages; shape (len(texts), dimensions)."""
        vectors: list[list[float]] = self._cache.vectors(texts, Role.PASSAGE).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; shape (dimensions,)."""
        vector: list[float] = self._cache.vectors([text], Role.QUERY)[0].tolist()
        return vector


def first_fact(
    facts: list[Fact], documents: list[Document], cache: VectorCache, as_of: date, progress: Progress | None = None
) -> FirstFact:
    """Return the function that looks a text up among the facts, exactly as a question is looked up."""
    index = make_phrasing_index(facts, cache, progress)
    lookup = learned_lookup(facts, index, CachedEmbedder(cache), cache.model)

    def first(text: str, scope: Scope) -> Fact | None:
        query = understand(Question(text, as_of), documents)
        found = [lookup.find(replace(query, scope=scope), part, count=1).matches for part in query.parts]
        best = max((matches[0] for matches in found if matches), key=lambda match: match.score, default=None)
        return best.fact if best else None

    return first
