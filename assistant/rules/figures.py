"""A fact in, the figures, addresses, dates and months of its answers that none of its sources holds out."""

import re
from datetime import date

from assistant.answer import Citation
from assistant.days import DayMention, find_days, write_day
from assistant.rules.model import Fact
from assistant.verify import figures_of, unproven
from index.documents import Document

_MONTHS = range(1, 13)
_AMBIGUOUS = ("May", "March")
"""English months that are words of their own; they only count beside a number, as part of a date."""


def unproven_figures(fact: Fact, documents: list[Document], as_of: date) -> list[str]:
    """Return what stands in an answer of a fact but in none of its quotes, label, value, headings or a policy's title.

    The rules are those by which every Answer is verified, and stricter for dates: the month counts too, in Dutch or
    English. ``as_of`` is only used to read dates without a year.
    """
    citations = [
        Citation(number, quote.policy, quote.title, quote.heading_path, quote.page, quote.text, quote.start, quote.end)
        for number, quote in enumerate(fact.quotes, 1)
    ]
    known = [*figures_of([fact]), *(document.title for document in documents)]
    evidence = " ".join([*(quote.text for quote in fact.quotes), *known])
    problems: list[str] = []
    for text in (fact.entry.answer.nl, fact.entry.answer.en):
        problems += unproven(text, citations, documents, known)
        problems += _unproven_dates(text, evidence, as_of)
    return list(dict.fromkeys(problems))


def _unproven_dates(text: str, evidence: str, as_of: date) -> list[str]:
    known = find_days(evidence, as_of)
    wrong = [
        f"datum {text[mention.start : mention.end]} staat in geen bron"
        for mention in find_days(text, as_of)
        if not any(_is_same(mention, other) for other in known)
    ]
    unknown = months_in(text) - months_in(evidence)
    return [*wrong, *(f"maand {write_month(month)} staat in geen bron" for month in sorted(unknown))]


def _is_same(one: DayMention, other: DayMention) -> bool:
    """Compare two dates; where one of them names no year, the year does not count."""
    if one.has_year and other.has_year:
        return one.day == other.day
    return (one.day.month, one.day.day) == (other.day.month, other.day.day)


def months_in(text: str) -> set[int]:
    """Return the months that a Dutch or English text names, and those of the dates that it writes in figures."""
    named = {
        month
        for month in _MONTHS
        for lang in ("nl", "en")
        if (name := write_month(month, lang)) not in _AMBIGUOUS and re.search(rf"\b{name}\b", text)
    }
    in_figures = {int(month) for month in re.findall(r"\b\d{1,2}-\s?(\d{1,2})-\d{4}\b", text) if int(month) in _MONTHS}
    return named | in_figures


def write_month(month: int, lang: str = "nl") -> str:
    """Return the name of a month."""
    return write_day(date.min.replace(month=month), lang).split()[1]
