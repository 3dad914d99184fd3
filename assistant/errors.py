"""Everything that can go wrong between a question and its Answer."""


class AssistantError(Exception):
    """Base of the errors of this package; the message is plain Dutch and says what to do now."""


class FactsError(AssistantError):
    """A facts file does not load; the message names file, id and key."""


class UsageError(AssistantError):
    """The caller asked for something that does not exist: a day, a provider type, a policy."""


class VerificationError(AssistantError):
    """An Answer holds a marker, quote or figure that its evidence does not prove."""


class ModelError(AssistantError):
    """The chat model is not installed, not reachable or returns nothing usable."""
