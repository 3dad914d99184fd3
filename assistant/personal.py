"""A question in, the same question without personal data out; nothing behind this sees what was masked."""

import re
from functools import partial

from stdnum import iban
from stdnum.nl import bsn

from assistant.words import personal_words
from index.words import words

_NINE_DIGITS = re.compile(r"(?<![\d.,-])\d{9}(?![\d.,-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")


def mask_personal_data(text: str) -> tuple[str, bool]:
    """Return the text with names, citizen service numbers, birth dates and account numbers masked, and whether any was.

    One in eleven nine-digit numbers passes the test of a BSN, so a number without a label needs a word beside it that
    speaks of a person; an AGB-code has eight digits.
    """
    table = personal_words()
    masked = text
    for entry in table.patterns:
        masked = entry.pattern.sub(partial(_mask_group, mask=entry.mask, not_names=table.not_names), masked)
    if set(words(text)) & set(table.context):
        masked = _NINE_DIGITS.sub(lambda match: "[bsn]" if bsn.is_valid(match.group()) else match.group(), masked)
    masked = _IBAN.sub(lambda match: "[rekeningnummer]" if iban.is_valid(match.group()) else match.group(), masked)
    return masked, masked != text


def _mask_group(match: re.Match[str], mask: str, not_names: list[str]) -> str:
    secret = match.group("secret")
    if all(word.strip(".,") in not_names for word in secret.split()):
        return match.group()
    start = match.start("secret") - match.start()
    return match.group()[:start] + mask + match.group()[start + len(secret) :]
