"""What the command line calls to measure the rules lookup: a file of phrasings in, a printed table and JSON out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.commands import FINE, Screen, command
from eval.errors import EmptySetError
from eval.lines import write_file
from eval.lookup.bench import Bench, open_bench
from eval.lookup.left_out import STEP, leave_one_out
from eval.lookup.measure import look_up
from eval.lookup.phrasings import SHIPPED, SampleSet, read_samples, text_key
from eval.lookup.report import LeftOutReport, LookupReport, lookup_json, lookup_table
from eval.lookup.summary import misses, summarise
from index.documents import read_documents
from index.vectors import VectorCache

FILE = "lookup.json"


@dataclass(frozen=True)
class LookupOptions:
    """What to measure: a file of phrasings, asked on which day, written to which folder (None for none)."""

    as_of: date
    phrasings: Path = SHIPPED
    folder: Path | None = None
    leaves_out: bool = False


@command
def lookup(screen: Screen, cache: VectorCache, options: LookupOptions) -> int:
    """Print how often a question finds its fact first, and write the figures and the misses into the folder."""
    bench = open_bench(read_documents(), cache, screen.progress)
    sample_set = read_samples(options.phrasings, bench.facts)
    if not sample_set.samples:
        first = sample_set.problems[0] if sample_set.problems else None
        reason = f" Regel {first.line}: {first.message}." if first else ""
        raise EmptySetError(f"In {options.phrasings} staat geen bruikbare vraag.{reason}")
    report = _measure(screen, bench, sample_set, options)
    if options.folder:
        write_file(options.folder / FILE, lookup_json(report))
    screen.show(lookup_table(report))
    return FINE


def _measure(screen: Screen, bench: Bench, sample_set: SampleSet, options: LookupOptions) -> LookupReport:
    found = look_up(sample_set.samples, bench.shipped_lookup(), bench.documents, options.as_of, screen.progress)
    bench.keep_vectors()
    known = {text_key(text) for text in bench.phrasings}
    return LookupReport(
        file=sample_set.file,
        as_of=options.as_of.isoformat(),
        known=sum(text_key(sample.text) in known for sample in sample_set.samples),
        summary=summarise(found),
        misses=misses(found),
        problems=sample_set.problems,
        left_out=_leave_out(screen, bench) if options.leaves_out else None,
    )


def _leave_out(screen: Screen, bench: Bench) -> LeftOutReport:
    found = leave_one_out(bench, STEP, screen.progress)
    return LeftOutReport(STEP, len(bench.phrasings), summarise(found), misses(found))
