"""Policies in, a complete index on disk out; a build is atomic, and one at a time."""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index import documents as policy_documents
from index import questions as passage_questions
from index.adapter import learned_adapter
from index.chunks import split_chunks
from index.content import FORMAT, IndexContent, IndexMeta, read_content, write_content
from index.documents import Document
from index.embeddings import Embedder
from index.errors import IndexBusyError, IndexCorruptError, IndexMissingError, IndexWriteError
from index.questions import read_passage_questions
from index.store import ChromaStore, KeyRecord, is_whole, write_collection
from index.vectors import Progress, Role, VectorCache
from index.whitening import centring, fit_whitening

_POINTER = "current"
_CHROMA = "chroma"
_KEPT_VECTORS = "vectors.npz"
_SELF_CHECK_SHARE = 0.95


def input_version(documents: list[Document], embedding_model: str) -> str:
    """Return a hash of all that an index is built from: policies, repairs, passage questions, model and format.

    Whether the model has a map counts too: with one, vectors are centred and not whitened.
    """
    has_map = learned_adapter(embedding_model) is not None
    digest = sha256(f"{FORMAT} {embedding_model} {has_map}".encode())
    for document in documents:
        digest.update(f"{document.id} {document.sha256} {document.text}".encode())
    for folder in (policy_documents.BUNDLED, passage_questions.BUNDLED, Path(__file__).parent):
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("chunks.py")]):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def make_content(
    documents: list[Document], model: str, cache: VectorCache, progress: Progress | None = None
) -> IndexContent:
    """Cut, embed and collect; nothing is written."""
    chunks = [chunk for document in documents for chunk in split_chunks(document)]
    questions = read_passage_questions(chunks)
    position = {chunk.id: number for number, chunk in enumerate(chunks)}
    passages = [chunk.search_text for chunk in chunks]
    asked = [question for question, _ in questions]
    first = cache.missing(passages, Role.PASSAGE)
    total = first + cache.missing(asked, Role.QUERY)

    def report(offset: int) -> Progress | None:
        return (lambda done, _: progress(offset + done, total)) if progress else None

    passage_vectors = cache.vectors(passages, Role.PASSAGE, report(0))
    owners = np.array([position[chunk] for _, chunk in questions], dtype=np.int32)
    passage_mean = passage_vectors.mean(axis=0)
    if asked:
        question_vectors = cache.vectors(asked, Role.QUERY, report(first))
        has_map = learned_adapter(model) is not None  # what whitening does in a closed form, the map has learned
        whitening = centring(question_vectors) if has_map else fit_whitening(question_vectors, owners)
        projected = [whitening.project(passage_vectors, passage_mean), whitening.project(question_vectors)]
    else:
        whitening = centring(passage_vectors)
        projected = [whitening.project(passage_vectors)]
    vectors = np.vstack(projected)
    key_chunks = np.concatenate([np.arange(len(chunks), dtype=np.int32), owners])
    meta = IndexMeta(
        input_version(documents, model), model, tuple(document.id for document in documents), len(chunks), len(vectors)
    )
    texts = tuple(tuple(text for text, identifier in questions if identifier == chunk.id) for chunk in chunks)
    is_question = np.arange(len(vectors)) >= len(chunks)
    return IndexContent(meta, tuple(chunks), key_chunks, is_question, vectors, whitening, texts)


def build_index(  # noqa: PLR0913, PLR0917 - one call site, and every argument is a part that is wired
    documents: list[Document],
    embeddings: Embedder,
    model: str,
    folder: Path,
    progress: Progress | None = None,
    wait_seconds: float = 0,
) -> Path:
    """Build the index, or do nothing when the current one is of the same input; return the folder of the build.

    Where only Chroma is damaged, it is filled again from the plain files, without embedding.
    The old index answers until the new one is complete and checked; whatever interrupts a build leaves it in place.

    Raises:
        IndexBusyError: another process builds and does not finish within ``wait_seconds``.
        IndexWriteError: the folder cannot be written.
        IndexCorruptError: the new index does not pass its check.
    """
    with _writable(folder), _one_builder(folder, wait_seconds):
        current = current_build(folder)
        content = _fitting_content(current, documents, model) if current else None
        if current and content and _has_whole_collection(current, content):
            return current
        if content is None:
            cache = VectorCache(embeddings, model, kept=folder / _KEPT_VECTORS)
            content = make_content(documents, model, cache, progress)
            cache.keep()
        return _put_into_use(content, folder)


def refill_chroma(folder: Path, failed: Path) -> None:
    """Fill Chroma anew from the plain files of the index in use, as a new build; nothing is embedded.

    Nothing is done when the folder of Chroma that failed is by now not the one in use.

    Raises:
        IndexBusyError: another process builds.
        IndexWriteError: the folder cannot be written.
        IndexMissingError: there is no index any more.
        IndexCorruptError: the plain files are damaged too, or the new index does not pass its check.
    """
    with _writable(folder), _one_builder(folder, wait_seconds=0):
        build, content = open_content(folder)
        if build / _CHROMA == failed:
            _put_into_use(content, folder)


def current_build(folder: Path) -> Path | None:
    """Return the folder of the index in use, None when there is none."""
    try:
        build = folder / (folder / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return build if build.is_dir() and build != folder else None


def is_current(build: Path, documents: list[Document], model: str) -> bool:
    """Tell whether a build is whole, Chroma included, and of these documents and this model."""
    content = _fitting_content(build, documents, model)
    return content is not None and _has_whole_collection(build, content)


def open_content(folder: Path) -> tuple[Path, IndexContent]:
    """Read the index in use.

    Raises:
        IndexMissingError: there is none.
        IndexCorruptError: it is damaged.
    """
    build = current_build(folder)
    if build is None:
        raise IndexMissingError(f"Er is nog geen index in {folder}. Bouw die met: inkoopwijzer index build")
    return build, read_content(build)


def _fitting_content(build: Path, documents: list[Document], model: str) -> IndexContent | None:
    """Read the plain files of a build; None when they are damaged, or of other documents or another model."""
    try:
        content = read_content(build)
    except IndexCorruptError:
        return None
    return content if content.meta.version == input_version(documents, model) else None


def _has_whole_collection(build: Path, content: IndexContent) -> bool:
    return is_whole(build / _CHROMA, content.meta.embedding_model, content.meta.keys)


def _put_into_use(content: IndexContent, folder: Path) -> Path:
    """Write a new build, check it, point to it, and only then remove the others; return its folder."""
    for leftover in folder.glob("partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=folder))
    try:
        _write(content, partial)
        _check(partial)
        build = folder / partial.name.replace("partial", f"build-{content.meta.version}")
        partial.rename(build)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _point_to(folder, build)
    for old in folder.glob("build-*"):
        if old != build:
            shutil.rmtree(old, ignore_errors=True)
    return build


def _write(content: IndexContent, folder: Path) -> None:
    write_content(content, folder)
    records = [
        KeyRecord(row, chunk.policy, chunk.sector, chunk.contract_year, bool(content.key_is_question[row]))
        for row, chunk in enumerate(content.chunks[position] for position in content.key_chunks)
    ]
    write_collection(folder / _CHROMA, content.meta.embedding_model, records, content.vectors.tolist())


def _check(folder: Path) -> None:
    """Read a build back and ask it its own passage questions' vectors."""
    content = read_content(folder)
    store = ChromaStore(folder / _CHROMA, content.meta.embedding_model, content.meta.keys)
    sample = range(0, content.meta.keys, max(1, content.meta.keys // 20))
    found = sum(_finds_itself(store, content, row) for row in sample)
    if found < _SELF_CHECK_SHARE * len(sample):
        raise IndexCorruptError(
            f"De nieuwe index vindt {found} van {len(sample)} eigen sleutels terug; hij is niet in gebruik genomen."
        )


def _finds_itself(store: ChromaStore, content: IndexContent, row: int) -> bool:
    policies, kind = frozenset(content.meta.policies), bool(content.key_is_question[row])
    found = store.nearest(content.vectors[row].tolist(), 5, policies, questions=kind)
    return any(near == row for near, _ in found)


def _point_to(folder: Path, build: Path) -> None:
    pointer = folder / f"{_POINTER}.new"
    pointer.write_text(build.name, encoding="utf-8")
    pointer.replace(folder / _POINTER)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        reason = {
            errno.ENOSPC: "de schijf is vol; maak ruimte vrij",
            errno.EROFS: "de map is alleen-lezen; kies een andere met INKOOPWIJZER_HOME",
            errno.EACCES: "u hebt er geen schrijfrechten; kies een andere map met INKOOPWIJZER_HOME",
        }.get(error.errno or 0, error.strerror or str(error))
        raise IndexWriteError(f"De index kan niet worden geschreven in {folder}: {reason}.") from error


@contextmanager
def _one_builder(folder: Path, wait_seconds: float) -> Iterator[None]:
    lock = FileLock(folder / "lock", timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexBusyError(
            "Een ander proces bouwt op dit moment de index. Wacht tot het klaar is en probeer het dan opnieuw."
        ) from error
    try:
        yield
    finally:
        lock.release()
