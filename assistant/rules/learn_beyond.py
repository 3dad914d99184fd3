"""Facts and the questions that go beyond them (YAML) in, a model out that tells such questions apart."""

from pathlib import Path

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FactsError
from assistant.rules.beyond import NOTHING_LEARNED, BeyondModel, beyond_features
from assistant.rules.estimators import feature_counter, fit_net, regression
from assistant.rules.features import FeatureWeights
from assistant.rules.model import Fact
from assistant.rules.pairs import pair_features
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import asking_clause, lines_of, phrasings_of
from index.vectors import Role, VectorCache

BUNDLED = Path(__file__).parent / "beyond_facts"
_C = 0.3
_UNITS = 128
_ROUNDS = 8
_SHARE = 2
"""So many phrasings to one question beyond: there are far more of them, and the net would learn little else."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _BeyondFile(BaseModel):
    """What people ask next about a fact, by its id, and no policy says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    beyond: dict[str, list[str]] = Field(min_length=1)


def read_beyond(facts: list[Fact], folder: Path = BUNDLED) -> list[tuple[int, str]]:
    """Return the position of a fact and a question beyond it, for all questions of a folder.

    Raises:
        FactsError: a file is malformed, or names a fact that does not exist.
    """
    position = {fact.id: number for number, fact in enumerate(facts)}
    pairs: list[tuple[int, str]] = []
    for path in sorted(folder.glob("*.yaml")):
        for identifier, questions in _read(path).beyond.items():
            if identifier not in position:
                raise FactsError(f"{path}: {identifier}: dit feit bestaat niet.")
            pairs += [(position[identifier], question) for question in questions]
    return pairs


def learn_beyond(
    facts: list[Fact], beyond: list[tuple[int, str]], index: PhrasingIndex, cache: VectorCache
) -> BeyondModel:
    """Learn from questions beyond facts, and from the phrasings of the topics that have such questions.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    if not beyond:
        return NOTHING_LEARNED
    topics = {facts[number].entry.topic for number, _ in beyond}
    phrasings = phrasings_of(facts)
    rows = [row for row, each in enumerate(phrasings) if facts[each.fact].entry.topic in topics]
    asked = [*((phrasings[row].fact, phrasings[row].text) for row in rows), *beyond]
    is_beyond = np.arange(len(asked)) >= len(rows)
    counter = feature_counter(fewest=2)
    features = counter.fit_transform([beyond_features(facts[number], asking_clause(text)[0]) for number, text in asked])
    words = regression(_C, balanced=True).fit(features, is_beyond)
    raw = cache.vectors([lines_of(text) for _, text in beyond], Role.QUERY)
    vectors = np.vstack([index.vectors[rows], index.whitening.project(raw)])
    answers = index.answers[[number for number, _ in asked]]
    repeats = np.where(is_beyond, max(1, len(rows) // len(beyond) // _SHARE), 1)
    order = np.random.default_rng(0).permutation(np.repeat(np.arange(len(asked)), repeats))
    pairs = fit_net(pair_features(vectors[order], answers[order]), is_beyond[order].tolist(), _UNITS, _ROUNDS)
    weights = dict(zip(counter.get_feature_names_out().tolist(), words.coef_[0].tolist(), strict=True))
    return BeyondModel(FeatureWeights.of(weights), float(words.intercept_[0]), pairs)


def _read(path: Path) -> _BeyondFile:
    try:
        return _BeyondFile.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise FactsError(f"{path}: niet te lezen: {error}") from error
