"""Environment in, the settings of the assistant out."""

from dataclasses import dataclass

from dotenv import dotenv_values

from index.settings import IndexSettings, read_index_settings


@dataclass(frozen=True)
class AssistantSettings:
    """The settings of the index, and the optional chat model ("provider:model", None for none)."""

    index: IndexSettings
    model: str | None


def read_settings(environment: dict[str, str]) -> AssistantSettings:
    """Read the settings: from the environment, then from ``.env`` in the working folder, then the default."""
    values = {**dotenv_values(".env"), **environment}
    return AssistantSettings(read_index_settings(environment), values.get("INKOOPWIJZER_MODEL") or None)
