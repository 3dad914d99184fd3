"""The weights that a linear model gave to features in words; by a hash, for a dict takes much memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_LEAST_TELLING = 2e-2


@dataclass(frozen=True, eq=False)
class FeatureWeights:
    """The hashes of the features (n,), in order, and the weight of each (n,)."""

    hashes: NDArray[np.uint64]
    weights: NDArray[np.float16]

    @classmethod
    def of(cls, weights: Mapping[str, float], kept: Iterable[str] = ()) -> "FeatureWeights":
        """Take the weights of a model, without those that say next to nothing; of ``kept`` what the model has stays."""
        stays = set(kept)
        telling = {name: weight for name, weight in weights.items() if abs(weight) > _LEAST_TELLING or name in stays}
        hashes = _hashes(telling)
        order = np.argsort(hashes)
        return cls(hashes[order], np.array(list(telling.values()), dtype=np.float16)[order])

    def __contains__(self, feature: str) -> bool:
        return bool(self._find([feature])[1][0])

    def __len__(self) -> int:
        return len(self.hashes)

    def sum(self, features: Iterable[str]) -> float:
        """Add up the weights of features; one that is not known weighs nothing."""
        places, known = self._find(features)
        return float(self.weights[places[known]].sum(dtype=np.float64))

    def _find(self, features: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the place of each feature, and whether it is there."""
        asked = _hashes(features)
        places = np.minimum(np.searchsorted(self.hashes, asked), max(len(self) - 1, 0))
        known = self.hashes[places] == asked if len(self) else np.zeros(len(asked), dtype=bool)
        return places, known


NO_WEIGHTS = FeatureWeights(np.array([], dtype=np.uint64), np.array([], dtype=np.float16))


def _hashes(features: Iterable[str]) -> NDArray[np.uint64]:
    digests = b"".join(blake2b(feature.encode(), digest_size=8).digest() for feature in features)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
