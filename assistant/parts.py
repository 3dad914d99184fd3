"""A question and its history in, what is asked out: one Part for each thing, with the texts to look it up by."""

import re
from dataclasses import dataclass

from assistant.form import Form, form_of, wants_a_side
from assistant.named import named_types
from assistant.words import question_words, scope_words
from index.words import fold

_SHORT = 8
_LETTER = re.compile(r"[^\W\d_]")
_AND = re.compile(r"^(?:en|and)\s+(?:ook\s+|also\s+)?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!\]])['\"’”]?\s+|\n+|\s+(?=\[)")


@dataclass(frozen=True)
class Part:
    """One thing that is asked; ``texts`` are the ways to look it up, the most telling first; a line is told or asked.

    ``whole`` is the sentence that it was cut from, to look up where the part alone says too little. ``clause`` holds
    the words that a yes/no question turns on, ``told`` what is said around them. ``asks_anew``: asks for
    another thing than what was asked before it, and not for the same of another asker or case.
    """

    text: str
    form: Form
    texts: tuple[str, ...]
    whole: str
    clause: str
    told: str
    asks_anew: bool


def parts_of(text: str, history: tuple[str, ...]) -> tuple[Part, ...]:
    """Cut a text into what is asked; what is only told goes along as context."""
    sentences = _sentences(text)
    asked = [sentence for sentence in sentences if sentence.endswith("?") and _LETTER.search(sentence)]
    asked += [sentence for sentence in sentences[-1:] if asked and sentence not in asked and _asks_on(sentence)]
    if not asked and any(_begins_with_verb(sentence) for sentence in sentences):
        asked = [sentence for sentence in sentences if _begins_with_verb(sentence) or _opens_question(sentence)]
    asked = asked or [sentence for sentence in sentences if _is_open_question(sentence)] or sentences[-1:]
    context = " ".join(sentence for sentence in sentences if sentence not in asked)
    pieces = [(piece, sentence) for sentence in asked for piece in _split(sentence)]
    parts = []
    for number, (piece, whole) in enumerate(pieces):
        if number == 0:
            parts.append(_part(piece, whole, context, history))
        else:
            parts.append(_later_part(piece, whole, context, pieces[number - 1][0]))
    return tuple(parts)


def _sentences(text: str) -> list[str]:
    """Cut a text into sentences, without those that only tell the assistant what to say; all of them if no other."""
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip(" .?!")]
    asking = [
        sentence
        for sentence in sentences
        if not any(pattern.search(fold(sentence)) for pattern in question_words().instructions)
    ]
    return [_without_lead_in(sentence) for sentence in asking or sentences]


def _without_lead_in(sentence: str) -> str:
    for pattern in question_words().lead_in:
        sentence = pattern.sub("", sentence)
    return sentence


def _later_part(text: str, whole: str, context: str, before: str) -> Part:
    """Return a second question; it is looked up alone, and behind the one before where it leans on that."""
    text = _AND.sub("", text)
    if not _leans(text):
        return _part(text, whole, context, ())
    told = f"{context} {before}".strip()
    return Part(text, form_of(text), (text, f"{before}\n{text}"), whole, text, told, _asks_anew(text))


def _part(text: str, whole: str, context: str, history: tuple[str, ...]) -> Part:
    form, clause = form_of(text), text
    elliptic = bool(history) and any(pattern.search(fold(text)) for pattern in question_words().elliptic)
    if elliptic:
        form, clause = form if wants_a_side(text) else form_of(history[-1]), f"{history[-1]} {text}"
    elif context and any(pattern.search(fold(text)) for pattern in question_words().claims):
        clause = f"{_SENTENCE.split(context)[-1]} {text}"
    texts = [text]
    if context:
        texts = [f"{context}\n{text}"] if _leans(text) else [text, f"{context}\n{text}"]
    if history:
        earlier = f"{_without_scope(history[-1]) if named_types(fold(text)) else history[-1]} {text}"
        if _leans(text) and len(text.split()) <= _SHORT:
            texts = [earlier] if elliptic or form is not Form.OPEN else [earlier, text]
        else:
            whole = earlier
    return Part(text, form, tuple(texts), whole, clause, context, not elliptic and _asks_anew(text))


def _asks_anew(text: str) -> bool:
    return not any(pattern.search(fold(text)) for pattern in question_words().same_thing)


def _leans(text: str) -> bool:
    """Tell whether a question says too little on its own: it is short, or points back."""
    folded = fold(text).strip()
    return len(folded.split()) <= _SHORT - 2 or any(pattern.search(folded) for pattern in question_words().follow_up)


def _without_scope(text: str) -> str:
    folded = fold(text)
    for patterns in scope_words().types.values():
        for pattern in patterns:
            folded = pattern.sub(" ", folded)
    return " ".join(folded.split())


def _split(sentence: str) -> list[str]:
    """Cut "wat is X en wanneer is Y" in two; a piece too short to mean something stays with its neighbour."""
    pieces = [sentence]
    for pattern in question_words().split:
        pieces = [piece for whole in pieces for piece in pattern.split(whole)]
    pieces = [piece.strip() for piece in pieces if piece.strip(" ?!.")]
    if any(len(piece.split()) < 3 for piece in pieces):
        return [sentence]
    return pieces


def _begins_with_verb(sentence: str) -> bool:
    return any(pattern.search(fold(sentence)) for pattern in question_words().yes_no[:2])


def _asks_on(sentence: str) -> bool:
    """Tell whether a last sentence without a question mark asks, behind one that has it."""
    is_inverted = any(pattern.search(fold(sentence)) for pattern in question_words().inversion)
    return (is_inverted and _begins_with_verb(sentence)) or _opens_question(sentence)


def _opens_question(sentence: str) -> bool:
    folded = _AND.sub("", fold(sentence))
    return any((match := pattern.search(folded)) and match.start() == 0 for pattern in question_words().open)


def _is_open_question(sentence: str) -> bool:
    folded = fold(sentence)
    return any((match := pattern.search(folded)) and match.start() < 20 for pattern in question_words().open)
