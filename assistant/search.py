"""Passages for the assistant: the index is built when it is missing or outdated, and opened when first searched."""

import logging
import threading
from pathlib import Path

from index.build import build_index, current_build, input_version, make_content, open_content, refill_chroma
from index.content import read_meta
from index.documents import Document
from index.embeddings import Embedder
from index.errors import IndexBusyError, IndexCorruptError, IndexingError, IndexMissingError, IndexWriteError
from index.search import Passage, PassageSearch
from index.vectors import Progress, VectorCache

_WAIT_SECONDS = 120
_log = logging.getLogger(__name__)


class LazySearch:
    """Searches passages; Chroma is imported only when something is searched.

    Where the data folder cannot be written or read, the index is made in memory and searched exactly, with a warning:
    the answers are the same. Where only Chroma fails, the plain vectors are searched, and Chroma is filled again beside
    that, once, for the next start.
    """

    def __init__(
        self,
        documents: list[Document],
        embeddings: Embedder,
        model: str,
        folder: Path,
        progress: Progress | None = None,
    ) -> None:
        self._documents = documents
        self._embeddings = embeddings
        self._model = model
        self._folder = folder
        self._progress = progress
        self._search: PassageSearch | None = None
        self._refill: threading.Thread | None = None
        self._lock = threading.Lock()
        self.version = input_version(documents, model)

    def find(self, text: str, policies: frozenset[str]) -> list[Passage]:
        """Return the passages of these policies that may answer, best first."""
        search = self.open()
        passages = search.search(text, policies)
        if search.failed_chroma:
            self._start_refill(search.failed_chroma)
        return passages

    def ensure(self) -> None:
        """Build the index when there is none of the present documents."""
        build = current_build(self._folder)
        try:
            if build and read_meta(build).version == self.version:
                return
        except IndexCorruptError:
            _log.warning("the index cannot be used and is built again", exc_info=True)
        self._build()

    def open(self) -> PassageSearch:
        """Return the open index; a damaged one is built again."""
        with self._lock:
            if self._search is None:
                self._search = self._open()
            return self._search

    def _open(self) -> PassageSearch:
        for attempt in ("as it is", "built again"):
            try:
                build, content = open_content(self._folder)
                if content.meta.version == self.version:
                    return PassageSearch(content, self._embeddings, build / "chroma")
            except (IndexMissingError, IndexCorruptError):
                _log.warning("the index cannot be opened (%s)", attempt, exc_info=attempt != "as it is")
            if attempt == "as it is":
                self._build()
        cache = VectorCache(self._embeddings, self._model, kept=self._folder / "vectors.npz")
        return PassageSearch(make_content(self._documents, self._model, cache), self._embeddings, None)

    def _build(self) -> None:
        try:
            build_index(self._documents, self._embeddings, self._model, self._folder, self._progress, _WAIT_SECONDS)
        except (IndexWriteError, IndexBusyError, IndexCorruptError) as error:
            _log.warning("%s Er wordt in het geheugen gezocht.", error)

    def _start_refill(self, failed: Path) -> None:
        with self._lock:
            if self._refill is None:
                self._refill = threading.Thread(target=self._refill_chroma, args=(failed,), name="refill-chroma")
                self._refill.start()

    def _refill_chroma(self, failed: Path) -> None:
        try:
            refill_chroma(self._folder, failed)
        except IndexBusyError:
            _log.info("another process builds; Chroma is left to it")
        except IndexingError:
            _log.warning("Chroma cannot be filled again; the plain vectors stay in use", exc_info=True)
