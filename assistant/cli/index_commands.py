"""``index``: build the index, tell whether it still fits the policies, and search it."""

import json
import os
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.cli.parser import Commands
from assistant.cli.screen import ProgressBar, clean, say
from assistant.cli.texts import explain, message
from assistant.errors import UsageError

if TYPE_CHECKING:
    from index.documents import Document
    from index.search import Passage
    from index.settings import IndexSettings


def add_to(commands: Commands) -> None:
    """Add the sub-commands."""
    inner = Commands(commands.add("index", "index"))
    inner.add("build", "index.build", build)
    status_parser = inner.add("status", "index.status", status)
    search_parser = inner.add("search", "index.search", search)
    search_parser.add_argument("question", metavar="VRAAG", help=explain("index.search.question"))
    search_parser.add_argument("--policy", metavar="ID", help=explain("index.search.policy"))
    for parser in (status_parser, search_parser):
        parser.add_argument("--json", action="store_true", help=explain("index.json"))


def build(_: Namespace) -> int:
    """Build the index unless the present one fits.

    Raises:
        IndexingError: it cannot be built; the message says why.
    """
    from index.build import build_index
    from index.content import read_meta
    from index.documents import read_documents
    from index.embeddings import load_embedder

    settings = _settings()
    model = settings.embedding_model
    with ProgressBar("index") as progress:
        folder = build_index(read_documents(), load_embedder(model), model, settings.index_folder, progress)
    meta = read_meta(folder)
    say(message("built", chunks=meta.chunks, keys=meta.keys, version=meta.version, folder=folder))
    return 0


def status(arguments: Namespace) -> int:
    """Tell which index is in use, and whether it fits the policies and the embedding model.

    Raises:
        IndexMissingError: there is none.
        IndexCorruptError: it is damaged.
    """
    from index.build import input_version, open_content
    from index.documents import read_documents

    settings = _settings()
    folder, content = open_content(settings.index_folder)
    meta = content.meta
    is_current = meta.version == input_version(read_documents(), settings.embedding_model)
    if arguments.json:
        say(json.dumps({**asdict(meta), "folder": str(folder), "current": is_current}, ensure_ascii=False))
    elif is_current:
        say(message("current", chunks=meta.chunks, keys=meta.keys, model=meta.embedding_model, version=meta.version,
                    folder=folder))  # fmt: skip
    else:
        say(message("outdated", version=meta.version, folder=folder))
    return 0


def search(arguments: Namespace) -> int:
    """Show the passages that are found for a question.

    Raises:
        UsageError: there is no such policy.
        IndexingError: the index cannot be opened or built.
    """
    from assistant.search import LazySearch
    from index.documents import read_documents
    from index.embeddings import load_embedder

    settings = _settings()
    documents = read_documents()
    policies = _policies(arguments.policy, documents)
    model = settings.embedding_model
    with ProgressBar("index") as progress:
        lazy = LazySearch(documents, load_embedder(model), model, settings.index_folder, progress)
        passages = lazy.find(clean(arguments.question), policies)
    if arguments.json:
        say(json.dumps([_as_object(passage) for passage in passages], ensure_ascii=False))
    else:
        say(
            "\n\n".join(_as_text(rank, passage) for rank, passage in enumerate(passages, 1)) or message("nothing-found")
        )
    return 0


def _settings() -> "IndexSettings":
    from index.settings import read_index_settings

    return read_index_settings(dict(os.environ))


def _policies(policy: str | None, documents: "list[Document]") -> frozenset[str]:
    known = frozenset(document.id for document in documents)
    if policy is not None and policy not in known:
        raise UsageError(message("unknown-policy", policy=policy, known=", ".join(sorted(known))))
    return frozenset({policy}) if policy is not None else known


def _as_object(passage: "Passage") -> dict[str, object]:
    return {**asdict(passage.chunk), "score": round(passage.score, 5), "similarity": round(passage.similarity, 5)}


def _as_text(rank: int, passage: "Passage") -> str:
    chunk = passage.chunk
    heading = " › ".join([chunk.policy, *chunk.heading_path])
    return f"{rank}. {heading}, p. {chunk.page} ({passage.similarity:.2f})\n{chunk.text}"
