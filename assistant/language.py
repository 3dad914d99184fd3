"""A text in, the language that it is written in out."""

import re

from assistant.words import question_words


def detect_language(text: str) -> str:
    """Return "nl", "en", or "other" for a language that is not answered."""
    table = question_words()
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character > "\u024f" for character in letters) > len(letters) / 2:
        return "other"
    found = re.findall(r"[^\W\d_]+", text.lower())
    counts = {
        name: sum(word in known for word in found)
        for name, known in (("nl", set(table.dutch)), ("en", set(table.english)), ("other", set(table.other)))
    }
    if counts["other"] > max(counts["nl"], counts["en"]) and counts["other"] >= 2:
        return "other"
    return "en" if counts["en"] > counts["nl"] else "nl"
