"""Named arrays in, a file of them out, and back: written whole or not at all."""

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray


def write_arrays(path: Path, **arrays: NDArray[Any]) -> None:
    """Write a file of arrays; who reads it meanwhile sees the old one.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.stem}.{os.getpid()}-{threading.get_ident()}.partial")
    try:
        with partial.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read a file of arrays; one that is missing or damaged counts as empty: it is only a saving."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def to_array(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Return texts without line ends as bytes."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def to_texts(array: NDArray[np.uint8]) -> list[str]:
    """Return the texts that ``to_array`` was given."""
    return array.tobytes().decode().split("\n")
