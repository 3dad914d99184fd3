"""A cache of vectors in, everything that a measurement of the rules lookup needs out."""

import logging
from dataclasses import dataclass

from assistant.rules.first import CachedEmbedder
from assistant.rules.loader import load_facts
from assistant.rules.lookup import FactLookup, learned_lookup
from assistant.rules.model import Fact
from assistant.rules.phrasing_index import PhrasingIndex, make_phrasing_index
from assistant.rules.phrasings import phrasings_of
from index.documents import Document
from index.vectors import Progress, VectorCache

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bench:
    """The facts with the index of their phrasings; each text is embedded once, whatever it is looked up for."""

    documents: list[Document]
    facts: list[Fact]
    cache: VectorCache
    index: PhrasingIndex

    @property
    def phrasings(self) -> list[str]:
        """Return the texts of all phrasings, in the order of the index."""
        return [phrasing.text for phrasing in phrasings_of(self.facts)]

    def shipped_lookup(self) -> FactLookup:
        """Return the lookup with all that was learned, as the assistant has it."""
        return learned_lookup(self.facts, self.index, CachedEmbedder(self.cache), self.cache.model)

    def keep_vectors(self) -> None:
        """Keep what was embedded for the next measurement; where that cannot be, it only costs time."""
        try:
            self.cache.keep()
        except OSError as error:
            _log.warning("the vectors of the phrasings are not kept: %s", error)


def open_bench(documents: list[Document], cache: VectorCache, progress: Progress | None = None) -> Bench:
    """Load the facts that ship and index their phrasings.

    Raises:
        FactsError: the facts do not load.
    """
    facts = load_facts(documents)
    return Bench(documents, facts, cache, make_phrasing_index(facts, cache, progress))
