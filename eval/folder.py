"""The folder of a run: its files in, its questions, answers, scores and problems out; and the other way round."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from eval.lines import Problem, read_items, write_items
from eval.score import Score, Scoring

_SCORES = TypeAdapter(Score)
_PROBLEMS = TypeAdapter(Problem)


@dataclass(frozen=True)
class RunFolder:
    """Where a run keeps its files; the question set is copied, so that a run can always be read by itself."""

    path: Path

    @property
    def questions(self) -> Path:
        """Return the copy of the question set."""
        return self.path / "questions.jsonl"

    @property
    def answers(self) -> Path:
        """Return the answers file."""
        return self.path / "answers.jsonl"

    @property
    def scores(self) -> Path:
        """Return the file with one Score a line."""
        return self.path / "scores.jsonl"

    @property
    def problems(self) -> Path:
        """Return the file with one Problem a line."""
        return self.path / "problems.jsonl"

    @property
    def report(self) -> Path:
        """Return the HTML report."""
        return self.path / "report.html"

    def read_scoring(self) -> Scoring:
        """Read the scores and problems.

        Raises:
            UnreadableFileError: there are none, or a line is damaged.
        """
        return Scoring(tuple(read_items(self.scores, _SCORES)), tuple(read_items(self.problems, _PROBLEMS)))

    def write_scoring(self, scoring: Scoring) -> None:
        """Write the scores and problems.

        Raises:
            UnwritableFileError: a file cannot be written.
        """
        write_items(self.scores, scoring.scores, _SCORES)
        write_items(self.problems, scoring.problems, _PROBLEMS)
