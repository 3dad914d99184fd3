"""A yes/no question and its fact in, the side that the fact takes out: logistic regression over words and frames."""

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from assistant.rules.model import Fact
from assistant.words import side_words
from index.npz import read_arrays, to_array, to_texts, write_arrays
from index.words import fold

SHIPPED = Path(__file__).parent / "learned" / "sides.npz"
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 3


@dataclass(frozen=True)
class SideModel:
    """The weight of every feature: above 0 it speaks for Ja, below 0 for Nee; ``bias`` is where no feature is known."""

    weights: dict[str, float]
    bias: float

    def knows(self, fact: Fact) -> bool:
        """Tell whether yes/no phrasings of this fact were learned from."""
        return f"{fact.id}:@" in self.weights

    def odds(self, fact: Fact, asked: str, told: str = "") -> float:
        """Return the logarithm of the odds that the answer is Ja; 0 where nothing is known."""
        return self.bias + sum(self.weights.get(feature, 0.0) for feature in side_features(fact, asked, told))


NOTHING_LEARNED = SideModel({}, 0.0)


def side_features(fact: Fact, asked: str, told: str = "") -> list[str]:
    """Return the features of a question.

    ``asked`` is the clause that asks, ``told`` what is said around it. A frame (obliged, allowed, enough, lacking ...)
    is what the question turns on: the same frame has the same side whatever the words around it. Frames count for this
    fact, its topic and its kind; words, and what the asker says to have or to lack, count for the fact.
    """
    asked, told = fold(asked), fold(told)
    found, around = _WORD.findall(asked), _WORD.findall(told)
    turns = ["", *_frames(asked, told), *(f"1:{word}" for word in found[:1])]
    owners = ["", f"{fact.id}:", f"{fact.entry.topic}:", f"{fact.entry.kind}:"]
    holdings = _holdings([*around, *found])
    words = [word for word in (*found, *around) if len(word) >= _SHORTEST]
    return list(
        dict.fromkeys(
            [
                *found,
                *holdings,
                *(f"{owner}@{turn}" for owner in owners for turn in turns),
                *(f"{fact.id}:{word}" for word in (*words, *holdings)),
            ]
        )
    )


def _frames(asked: str, told: str) -> list[str]:
    """Return the frames of a question, alone and in pairs."""
    table = side_words()
    frames = [name for name, pattern in table.frames.items() if pattern.search(asked)]
    frames += [f"told-{name}" for name in table.told if table.frames[name].search(told)]
    return [*frames, *(f"{one}+{other}" for one, other in combinations(frames, 2))]


def _holdings(words: list[str]) -> list[str]:
    """Return what the asker has, lacks or has only: the words right behind one that says so."""
    return [
        f"{name}>{word}"
        for name, signs in side_words().holdings.items()
        for at, sign in enumerate(words)
        if sign in signs
        for word in [word for word in words[at + 1 : at + 5] if len(word) >= _SHORTEST][:3]
    ]


def write_sides(model: SideModel, path: Path = SHIPPED) -> None:
    """Write a model, without the weights that say next to nothing; what tells that a fact is known stays."""
    telling = {
        name: weight for name, weight in sorted(model.weights.items()) if abs(weight) > 2e-2 or name.endswith(":@")
    }
    write_arrays(
        path,
        names=to_array(telling),
        weights=np.array(list(telling.values()), dtype=np.float16),
        bias=np.array(model.bias),
    )


def learned_sides(path: Path = SHIPPED) -> SideModel:
    """Read the model that ships; without a file nothing is learned and every question has even odds."""
    file = read_arrays(path)
    if not file:
        return NOTHING_LEARNED
    return SideModel(
        dict(zip(to_texts(file["names"]), file["weights"].astype(float).tolist(), strict=True)), float(file["bias"])
    )
