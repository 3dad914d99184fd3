"""Train the map that search applies to a query, from the passage questions only: ``make adapter``.

A query is to lie nearest to the passage that answers it and to another question about that passage, among all passages
(cross-entropy over passages, for both kinds of keys). The map is held near the identity. How near is chosen by
cross-validation over passages: the questions of a fifth of them are searched with a map that saw none of these. The map
that ships is then trained on all questions; the record beside it says what was tried and found.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from index.adapter import SHIPPED, write_adapter
from index.chunks import split_chunks
from index.documents import read_documents
from index.embeddings import BUNDLED_MODEL, load_embedder
from index.questions import read_passage_questions
from index.search import RANK_CONSTANT
from index.vectors import Role, VectorCache
from index.whitening import centring

STRENGTHS = (0.01, 0.03, 0.1, 0.3)
FOLDS = 5
EPOCHS = 8
BATCH = 256
TEMPERATURE = 15.0
NOISE = 0.3
RATE = 2e-3


@dataclass(frozen=True)
class Found:
    """Shares of questions with the right passage first and among five, and the mean reciprocal rank."""

    first: float
    among_five: float
    reciprocal_rank: float


class Keys:
    """Passages (chunks, dimensions) and questions (n, dimensions), centred, and the chunk that each question is of."""

    def __init__(self, passages: torch.Tensor, questions: torch.Tensor, owners: torch.Tensor) -> None:
        self.passages, self.questions, self.owners = passages, questions, owners
        most = int(torch.bincount(owners).max())
        self._table = torch.full((len(passages), most), len(questions))
        for chunk in range(len(passages)):
            own = torch.where(owners == chunk)[0]
            self._table[chunk, : len(own)] = own

    def similarities(self, queries: torch.Tensor, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return how near each chunk is by its passage and by its best question other than the query itself."""
        by_question = (queries @ self.questions.T).scatter(1, rows[:, None], -1.0)
        padded = torch.cat([by_question, torch.full((len(queries), 1), -1.0)], dim=1)
        return queries @ self.passages.T, padded[:, self._table].amax(dim=2)


def main() -> None:
    """Choose the strength, train on all questions, and write the map and its record."""
    keys = read_keys()
    everything = torch.arange(len(keys.questions))
    tried = {"no map": measure(keys, torch.eye(keys.questions.shape[1]), everything)}
    show("no map", tried["no map"])
    for strength in STRENGTHS:
        tried[str(strength)] = cross_validate(keys, strength)
        show(f"strength {strength}", tried[str(strength)])
    best = max(STRENGTHS, key=lambda strength: tried[str(strength)].reciprocal_rank)  # search fuses by ranks
    write_adapter(train(keys, everything, best).numpy())
    record = {
        "questions": len(keys.questions),
        "passages": len(keys.passages),
        "strength": best,
        "folds": FOLDS,
        "epochs": EPOCHS,
        "temperature": TEMPERATURE,
        "noise": NOISE,
        "left_out": {
            name: {key: round(share, 4) for key, share in asdict(found).items()} for name, found in tried.items()
        },
    }
    SHIPPED.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def read_keys() -> Keys:
    """Read passages and passage questions, with the vectors that ship, each centred as the index has them."""
    chunks = [chunk for document in read_documents() for chunk in split_chunks(document)]
    asked = read_passage_questions(chunks)
    position = {chunk.id: number for number, chunk in enumerate(chunks)}
    with TemporaryDirectory() as nowhere:
        cache = VectorCache(load_embedder(BUNDLED_MODEL), BUNDLED_MODEL, kept=Path(nowhere) / "none.npz")
        passages = cache.vectors([chunk.search_text for chunk in chunks], Role.PASSAGE)
        questions = cache.vectors([question for question, _ in asked], Role.QUERY)
    owners = torch.tensor([position[chunk] for _, chunk in asked])
    centred = [torch.from_numpy(centring(each).project(each)) for each in (passages, questions)]
    return Keys(centred[0], centred[1], owners)


def cross_validate(keys: Keys, strength: float) -> Found:
    """Measure on the questions of passages that the map was not trained on."""
    fold = torch.randperm(len(keys.passages), generator=torch.Generator().manual_seed(0)) % FOLDS
    total, count = np.zeros(3), len(keys.questions)
    for number in range(FOLDS):
        left_out = fold[keys.owners] == number
        found = measure(keys, train(keys, torch.where(~left_out)[0], strength), torch.where(left_out)[0])
        total += np.array([found.first, found.among_five, found.reciprocal_rank]) * int(left_out.sum())
    return Found(*(total / count).tolist())


def train(keys: Keys, rows: torch.Tensor, strength: float) -> torch.Tensor:
    """Fit a map on some of the questions; shape (dimensions, dimensions)."""
    torch.manual_seed(0)
    dimensions = keys.questions.shape[1]
    matrix, identity = torch.eye(dimensions, requires_grad=True), torch.eye(dimensions)
    optimizer = torch.optim.Adam([matrix], lr=RATE)
    for _ in range(EPOCHS):
        for batch in rows[torch.randperm(len(rows))].split(BATCH):
            noise = NOISE / dimensions**0.5 * torch.randn(len(batch), dimensions)
            queries = normalize((keys.questions[batch] + noise) @ matrix.T)
            wanted = keys.owners[batch]
            losses = [cross_entropy(TEMPERATURE * each, wanted) for each in keys.similarities(queries, batch)]
            loss = sum(losses, strength * ((matrix - identity) ** 2).sum())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return matrix.detach()


def measure(keys: Keys, matrix: torch.Tensor, rows: torch.Tensor) -> Found:
    """Search for some of the questions with both kinds of keys, fused by reciprocal ranks as search does."""
    queries = normalize(keys.questions[rows] @ matrix.T)
    fused = sum(reciprocal_ranks(each) for each in keys.similarities(queries, rows))
    own = fused.gather(1, keys.owners[rows][:, None])
    ranks = (fused > own).sum(dim=1) + 1
    return Found(*(float(value.float().mean()) for value in (ranks == 1, ranks <= 5, 1 / ranks)))


def reciprocal_ranks(similarities: torch.Tensor) -> torch.Tensor:
    """Return 1 over the rank of every chunk plus the constant of search."""
    ranks = similarities.argsort(dim=1, descending=True).argsort(dim=1) + 1
    return 1 / (RANK_CONSTANT + ranks)


def show(name: str, found: Found) -> None:
    """Print a line."""
    sys.stdout.write(
        f"{name:<14} first {found.first:.1%}  among five {found.among_five:.1%}  MRR {found.reciprocal_rank:.3f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
