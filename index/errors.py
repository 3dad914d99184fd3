"""Everything that can go wrong between a policy file and a search result."""


class IndexingError(Exception):
    """Base of the errors of this package; the message says what, where, and what to do now."""


class ManifestError(IndexingError):
    """The manifest is malformed, or does not fit the file that it describes."""


class DocumentError(IndexingError):
    """A policy file is missing, unreadable, changed, or not named by the manifest."""


class EmbeddingError(IndexingError):
    """An embedding model cannot be loaded, or is another one than the index was built with."""


class IndexMissingError(IndexingError):
    """There is no index yet, or not one of the current documents."""


class IndexCorruptError(IndexingError):
    """An index is there but does not pass its self-check."""


class IndexBusyError(IndexingError):
    """Another process is building the index."""


class IndexWriteError(IndexingError):
    """The data folder cannot be written: read-only, full or not allowed."""
