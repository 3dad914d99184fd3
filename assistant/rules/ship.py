"""Write what ships with the product: the vectors of every text that is searched, and what is learned from them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.rules.beyond import write_beyond
from assistant.rules.learn import learn_pairs, learn_sides, learn_topics
from assistant.rules.learn_beyond import learn_beyond, read_beyond
from assistant.rules.loader import load_facts
from assistant.rules.pairs import write_pairs
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.rules.sides import write_sides
from assistant.rules.topics import write_topics
from index.build import make_content
from index.documents import read_documents
from index.embeddings import BUNDLED_MODEL, load_embedder
from index.vectors import SHIPPED, Progress, VectorCache


def ship_vectors(progress: Progress | None = None) -> Path:
    """Embed what is new with the bundled model, learn from it, and write what ships; return the file of the vectors.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    documents = read_documents()
    facts = load_facts(documents)
    with TemporaryDirectory() as nowhere:
        cache = VectorCache(load_embedder(BUNDLED_MODEL), BUNDLED_MODEL, kept=Path(nowhere) / "none.npz")
        make_content(documents, BUNDLED_MODEL, cache, progress)
        index = make_phrasing_index(facts, cache, progress)
        write_beyond(learn_beyond(facts, read_beyond(facts), index, cache))
        cache.export(SHIPPED)
    write_topics(learn_topics(facts, index))
    write_sides(learn_sides(facts))
    write_pairs(learn_pairs(facts, index))
    return SHIPPED
