"""What is asked: the question with all that the asker's side knows of it."""

from dataclasses import dataclass
from datetime import date

from assistant.scope import ProviderType


@dataclass(frozen=True)
class Question:
    """A question as it comes in; ``history`` holds the earlier turns of the user, oldest first."""

    text: str
    as_of: date
    id: str | None = None
    provider_type: ProviderType | None = None
    policy: str | None = None
    history: tuple[str, ...] = ()
