"""A question in, the kind of answer that it wants out."""

import re
from enum import StrEnum

from assistant.words import question_words
from index.words import fold

_CLAUSE_END = re.compile(r"[,;:]\s+|\s+-\s+")


class Form(StrEnum):
    """What kind of answer a question wants."""

    OPEN = "open"
    YES_NO = "yes_no"
    STILL = "still"


def form_of(text: str) -> Form:
    """Tell whether a question wants Ja or Nee, whether that depends on the day, or something else."""
    table = question_words()
    folded = fold(text).strip(" ?!.")
    if any(pattern.search(folded) for pattern in table.indirect):
        return Form.OPEN
    asks_nothing_else = text.rstrip().endswith("?") and not any(pattern.search(folded) for pattern in table.open)
    if not asks_nothing_else and not wants_a_side(text):
        return Form.OPEN
    return Form.STILL if any(pattern.search(folded) for pattern in table.still) else Form.YES_NO


def wants_a_side(text: str) -> bool:
    """Tell whether a clause of a question by its own words wants Ja or Nee."""
    return bool(sided_clause(text))


def sided_clause(text: str) -> str:
    """Return what a question, folded, says from the first clause on that wants Ja or Nee; "" where none does."""
    clauses = _CLAUSE_END.split(fold(text).strip(" ?!."))
    at = next((number for number, clause in enumerate(clauses) if _is_yes_no(clause)), len(clauses))
    return ", ".join(clauses[at:])


def _is_yes_no(clause: str) -> bool:
    """Tell whether a clause begins with its verb, or turns verb and subject round without a question word before it."""
    table = question_words()
    begins, turned = table.yes_no[:2], table.yes_no[2:]
    if any(pattern.search(clause) for pattern in begins):
        return True
    at = min((match.start() for pattern in turned if (match := pattern.search(clause))), default=None)
    asks = min((match.start() for pattern in table.open if (match := pattern.search(clause))), default=None)
    return at is not None and (asks is None or at < asks)
