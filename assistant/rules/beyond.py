"""A question and the fact that it finds in, how likely it asks for more than any policy says out.

People ask on: who reads that the council of the insured has a say asks how often it meets. The fact is then near, and
no answer. Logistic regression over words, over what is wanted and whether the fact holds such a thing, and beside it a
small net over the meaning of both, are learned from the phrasings of the facts and from questions that go beyond them.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.rules.features import NO_WEIGHTS, FeatureWeights
from assistant.rules.model import Fact
from assistant.rules.pairs import NOTHING_LEARNED as NO_PAIRS
from assistant.rules.pairs import PairModel, pair_arrays, pair_model
from assistant.words import wants
from index.embeddings import BUNDLED_MODEL
from index.npz import read_arrays, write_arrays
from index.vectors import Vectors
from index.words import fold, stems

SHIPPED = Path(__file__).parent / "learned" / f"beyond-{BUNDLED_MODEL}.npz"


@dataclass(frozen=True)
class BeyondModel:
    """The weight of every feature, above 0 where it speaks for beyond, their ``bias``, and the net over meaning."""

    weights: FeatureWeights
    bias: float
    pairs: PairModel

    def odds(self, fact: Fact, asked: str, question: Vectors, answer: Vectors) -> float:
        """Return the sum of both logarithms of the odds that a question goes beyond a fact; far below 0 if unlearned.

        ``asked`` is the clause that asks; ``question`` and ``answer`` (dimensions,) are whitened vectors.
        """
        if not len(self.weights):
            return float("-inf")
        words = self.bias + self.weights.sum(beyond_features(fact, asked))
        return words + self.pairs.odds(question, answer)


NOTHING_LEARNED = BeyondModel(NO_WEIGHTS, 0.0, NO_PAIRS)


def beyond_features(fact: Fact, asked: str) -> list[str]:
    """Return the features of a question: its words and neighbours, which of them the fact lacks, and what it wants."""
    folded, found, kind = fold(asked), stems(asked), fact.entry.kind
    held, known = _held(_text_of(fact))
    features = [*found, *(f"{one} {other}" for one, other in pairwise(found)), *(f"1:{word}" for word in found[:2])]
    features += [f"{kind}:{word}" for word in found]
    features += [f"new:{word}" for word in found if word not in known]
    for name, want in wants().items():
        if want.asked.search(folded):
            features += [f"wants:{name}", f"{kind}:wants:{name}"]
            if want.held:
                features.append(f"wants:{name}:{'held' if name in held else 'lacking'}")
    return list(dict.fromkeys(features))


def holds_wanted(fact: Fact, asked: str) -> bool:
    """Tell whether a fact holds every kind of thing that a question wants to know, so far as its words show that."""
    held, _ = _held(_text_of(fact))
    wanted = {name for name, want in wants().items() if want.held and want.asked.search(fold(asked))}
    return bool(wanted) and wanted <= held


def _text_of(fact: Fact) -> str:
    return " ".join([fact.entry.label, fact.entry.answer.nl, *(quote.text for quote in fact.quotes)])


@lru_cache(maxsize=2048)
def _held(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return which of the things that can be wanted the text of a fact holds, and its stems."""
    folded = fold(text)
    held = frozenset(name for name, want in wants().items() if want.held and want.held.search(folded))
    return held, frozenset(stems(text))


def write_beyond(model: BeyondModel, path: Path = SHIPPED) -> None:
    """Write a model."""
    words = model.weights
    pairs = pair_arrays(model.pairs)
    write_arrays(path, hashes=words.hashes, weights=words.weights, bias=np.array(model.bias), **pairs)


def learned_beyond(embedding_model: str, path: Path = SHIPPED) -> BeyondModel:
    """Read the model that ships; of another embedding model, or without a file, nothing counts as beyond."""
    file = read_arrays(path) if embedding_model == BUNDLED_MODEL else {}
    if not file:
        return NOTHING_LEARNED
    return BeyondModel(FeatureWeights(file["hashes"], file["weights"]), float(file["bias"]), pair_model(file))
