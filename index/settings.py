"""Environment in, the settings of the index out."""

from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from index.embeddings import BUNDLED_MODEL


@dataclass(frozen=True)
class IndexSettings:
    """Where run-time data live and which embedding model is used."""

    home: Path
    embedding_model: str

    @property
    def index_folder(self) -> Path:
        """Return the folder that holds the builds of the index."""
        return self.home / "index"


def read_index_settings(environment: dict[str, str]) -> IndexSettings:
    """Read the settings: from the environment, then from ``.env`` in the working folder, then the default."""
    values = {**{key: value for key, value in dotenv_values(".env").items() if value is not None}, **environment}
    default_home = Path(values.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "inkoopwijzer"
    return IndexSettings(
        home=Path(values.get("INKOOPWIJZER_HOME") or default_home).expanduser(),
        embedding_model=values.get("INKOOPWIJZER_EMBEDDING_MODEL") or BUNDLED_MODEL,
    )
