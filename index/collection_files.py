"""The folder of a Chroma collection in, whether its files are whole out; Chroma itself is not asked.

Importing Chroma costs a second or more. Where a file of its vectors is cut short or overwritten, its engine ends the
whole process, or finds the wrong keys and says nothing. Those files do not change once they are written, so their
hashes are kept. The database does change, even when it is only read; it is asked whether it is sound and how many keys
it holds.
"""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from index.errors import IndexCorruptError

_SUMS = "sums.json"
_LISTING = "index_metadata.pickle"
"""Chroma writes it with the files of vectors; as long as it is not there, Chroma makes those anew from the database."""


def write_sums(folder: Path) -> None:
    """Write down what the files of vectors hold; a file system error is the caller's to translate."""
    (folder / _SUMS).write_text(json.dumps(_sums(folder), indent=1), encoding="utf-8")


def check_sums(folder: Path) -> None:
    """Check that the files of vectors hold what was written.

    Raises:
        IndexCorruptError: a file is missing or changed.
    """
    try:
        written = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        found = _sums(folder)
    except (OSError, ValueError) as error:
        raise IndexCorruptError(f"{_SUMS} ontbreekt of is niet te lezen.") from error
    if found != written:
        raise IndexCorruptError("een bestand met vectoren ontbreekt of is beschadigd.")


def holds_keys(folder: Path, expected: int) -> bool:
    """Tell whether the database is sound and holds that many keys; it is not written to."""
    address = f"{(folder / 'chroma.sqlite3').absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            found = database.execute("PRAGMA quick_check").fetchone(), _count(database)
    except sqlite3.Error:
        return False
    return found == (("ok",), expected)


def _count(database: sqlite3.Connection) -> int:
    count: int = database.execute("SELECT count(*) FROM embeddings").fetchone()[0]
    return count


def _sums(folder: Path) -> dict[str, str]:
    files = [path for listing in folder.glob(f"*/{_LISTING}") for path in sorted(listing.parent.iterdir())]
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
