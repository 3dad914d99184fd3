"""A yes/no question and its fact in, the side that the fact takes out: logistic regression over words and frames."""

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from assistant.rules.features import NO_WEIGHTS, FeatureWeights
from assistant.rules.model import Fact
from assistant.words import side_words
from index.npz import read_arrays, write_arrays
from index.words import fold

SHIPPED = Path(__file__).parent / "learned" / "sides.npz"
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 3


@dataclass(frozen=True)
class SideModel:
    """The weight of every feature: above 0 it speaks for Ja, below 0 for Nee; ``bias`` is where no feature is known."""

    weights: FeatureWeights
    bias: float

    def knows(self, fact: Fact) -> bool:
        """Tell whether yes/no phrasings of this fact were learned from."""
        return _known_by(fact) in self.weights

    def odds(self, fact: Fact, asked: str, told: str = "") -> float:
        """Return the logarithm of the odds that the answer is Ja; 0 where nothing is known."""
        return self.bias + self.weights.sum(side_features(fact, asked, told))


NOTHING_LEARNED = SideModel(NO_WEIGHTS, 0.0)


def known_facts(facts: list[Fact]) -> list[str]:
    """Return the features by which a model shows that it knows these facts, whatever their weight."""
    return [_known_by(fact) for fact in facts]


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


def _known_by(fact: Fact) -> str:
    return f"{fact.id}:@"


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
    """Write a model."""
    write_arrays(path, hashes=model.weights.hashes, weights=model.weights.weights, bias=np.array(model.bias))


def learned_sides(path: Path = SHIPPED) -> SideModel:
    """Read the model that ships; without a file nothing is learned and every question has even odds."""
    file = read_arrays(path)
    return SideModel(FeatureWeights(file["hashes"], file["weights"]), float(file["bias"])) if file else NOTHING_LEARNED
