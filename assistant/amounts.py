"""A folded text in, the amount of money that it names out."""

import re

from assistant.words import question_words

NUMBERS = {"een": 1.0, "twee": 2.0, "drie": 3.0, "vier": 4.0, "vijf": 5.0, "zes": 6.0, "zeven": 7.0, "acht": 8.0,
           "negen": 9.0, "anderhalf": 1.5, "anderhalve": 1.5, "een half": 0.5, "een halve": 0.5,
           "tien": 10.0, "twaalf": 12.0, "vijftien": 15.0, "twintig": 20.0, "dertig": 30.0, "veertig": 40.0,
           "vijftig": 50.0, "zestig": 60.0, "zeventig": 70.0, "tachtig": 80.0, "negentig": 90.0, "honderd": 100.0,
           "eenhonderd": 100.0, "tweehonderd": 200.0, "driehonderd": 300.0, "vierhonderd": 400.0,
           "vijfhonderd": 500.0, "zeshonderd": 600.0, "zevenhonderd": 700.0, "achthonderd": 800.0,
           "negenhonderd": 900.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
           "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0}  # fmt: skip
"""Numbers in words, folded."""
_SIZES = {"k": 1e3, "duizend": 1e3, "mille": 1e3, "ton": 1e5, "m": 1e6, "mln": 1e6, "miljoen": 1e6}


def find_amount(folded: str) -> float | None:
    """Return the amount in euros of 1,000 or more that a folded text names ("1,8 ton" is 180000.0)."""
    for pattern in question_words().amounts:
        for match in pattern.finditer(folded):
            number, size = match.group(1), (match.group(2) or "").strip()
            value = NUMBERS.get(number) or float(re.sub(r"[.\s](?=\d{3})", "", number).replace(",", "."))
            value *= _SIZES.get(size, 1.0)
            if value >= 1000:
                return value
    return None
