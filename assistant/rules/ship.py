"""Write the vectors that ship with the product: of every passage, passage question, phrasing and answer."""

from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.rules.loader import load_facts
from assistant.rules.phrasing_index import make_phrasing_index
from index.build import make_content
from index.documents import read_documents
from index.embeddings import BUNDLED_MODEL, load_embedder
from index.vectors import SHIPPED, Progress, VectorCache


def ship_vectors(progress: Progress | None = None) -> Path:
    """Embed what is new with the bundled model and write the file that ships; return its path."""
    documents = read_documents()
    with TemporaryDirectory() as nowhere:
        cache = VectorCache(load_embedder(BUNDLED_MODEL), BUNDLED_MODEL, kept=Path(nowhere) / "none.npz")
        make_content(documents, BUNDLED_MODEL, cache, progress)
        make_phrasing_index(load_facts(documents), cache, progress)
        SHIPPED.parent.mkdir(exist_ok=True)
        cache.export(SHIPPED)
    return SHIPPED
