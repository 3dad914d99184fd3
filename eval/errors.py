"""Everything that can go wrong between a question set and its report."""


class EvalError(Exception):
    """Base of the errors of this package; the message is plain Dutch and says what to do now."""


class UnreadableFileError(EvalError):
    """A question set, an answers file or the folder of a run is not there or cannot be read."""


class UnwritableFileError(EvalError):
    """The folder of a run, or the baseline, cannot be written."""


class EmptySetError(EvalError):
    """A question set holds no case that can be scored."""


class BaselineError(EvalError):
    """The baseline is malformed."""


class PatternTimeoutError(EvalError):
    """A regular expression of a case does not come to an end on this answer; the message holds the expression."""
