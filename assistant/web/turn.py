"""A question with its Answer in, the HTML of both out, with sources, choices, dates and an e-mail to staff."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, AnswerFact, Citation
from assistant.days import write_day
from assistant.rules.desks import DEFAULT_DESK, contact_of
from assistant.rules.model import Fact
from assistant.web.audience import Audience
from assistant.web.deadlines import StateLabel, answered_date
from assistant.web.markup import answer_html
from assistant.web.render import label, render
from index.documents import Document
from prompts import text

_EMPHASIS = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)")
_LONGEST_IN_MAIL = 1200


@dataclass(frozen=True)
class Turn:
    """A question and its Answer; ``is_kept`` says that it was opened again by its link."""

    id: str
    audience: Audience
    answer: Answer
    is_kept: bool = False


@dataclass(frozen=True)
class DatedFact:
    """A fact of an Answer with the state of its date."""

    fact: AnswerFact
    label: StateLabel
    in_calendar: bool


def render_turn(
    turn: Turn, facts: dict[str, Fact], documents: list[Document], index_version: str, is_wording: bool = False
) -> str:
    """Render a turn; sources stand under it only where the Answer cites any.

    ``is_wording`` says that a chat model words the text anew: that can be stopped, and the text waits until then.
    """
    answer = turn.answer
    said = {"question": answer.question, "answer": plain_text(answer), "sources": _sources(answer)}
    return render(
        "turn",
        turn=turn,
        answer=answer,
        is_wording=is_wording,
        body=render_body(answer),
        dated=_dated(answer, facts),
        contact=answer.contact or contact_of(DEFAULT_DESK, "nl"),
        kept_note=_kept_note(turn, index_version) if turn.is_kept else "",
        mail=text("web-mail", "nl", **{**said, "answer": _short(said["answer"])}),
        copy=text("web-copy", "nl", **said, policies=", ".join(document.title for document in documents)),
    )


def render_body(answer: Answer) -> str:
    """Render the text of an Answer alone."""
    return answer_html(answer, _marker_name, explanation)


def explanation(means: str | None) -> str:
    """Return the words that explain an abbreviation."""
    return means or label("not-explained")


def _marker_name(citation: Citation) -> str:
    return label("marker", marker=citation.marker, page=citation.page)


def plain_text(answer: Answer) -> str:
    """Return the text of an Answer without its emphasis."""
    return _EMPHASIS.sub("", answer.text)


def _dated(answer: Answer, facts: dict[str, Fact]) -> list[DatedFact]:
    as_of = date.fromisoformat(answer.as_of)
    dates = [(fact, answered_date(fact, facts, as_of)) for fact in answer.facts]
    return [DatedFact(fact, *dated) for fact, dated in dates if dated]


def _sources(answer: Answer) -> str:
    lines = [
        f"[{source.marker}] “{source.quote}” ({source.title}, {label('page-of', page=source.page)})"
        for source in answer.citations
    ]
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def _short(answer: str) -> str:
    return answer if len(answer) <= _LONGEST_IN_MAIL else answer[:_LONGEST_IN_MAIL].rsplit(" ", 1)[0] + " …"


def _kept_note(turn: Turn, index_version: str) -> str:
    day = write_day(date.fromisoformat(turn.answer.as_of), "nl")
    name = "reopened" if turn.answer.index_version == index_version else "reopened-changed"
    return label(name, day=day)
