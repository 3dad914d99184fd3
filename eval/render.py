"""A template and values in, text or HTML out; HTML is escaped, figures are written as in Dutch."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from eval.metrics import Metrics, Share
from eval.texts import texts

_TEMPLATES = Path(__file__).parent / "templates"
_UNKNOWN = "–"


def render(template: str, **values: object) -> str:
    """Fill a template; a variable that it names and does not get raises ``jinja2.UndefinedError``."""
    return _environment().get_template(template).render(**values)


def percentage(share: float | None) -> str:
    """Write 0.855 as "85,5 %"; a dash for None."""
    return _UNKNOWN if share is None else f"{share * 100:.1f}".replace(".", ",") + " %"


def milliseconds(time: float | None) -> str:
    """Write 1234.5 as "1234 ms" and 12.34 as "12,3 ms"; a dash for None."""
    if time is None:
        return _UNKNOWN
    return f"{time:.0f} ms" if time >= 100 else f"{time:.1f} ms".replace(".", ",")


def interval(share: Share) -> str:
    """Write the confidence interval as "79,9–89,7 %"."""
    low, high = share.interval
    return f"{percentage(low).removesuffix(' %')}–{percentage(high)}"


def category_name(category: str) -> str:
    """Return the Dutch name of a category, its own name when it has none."""
    return texts().categories.get(category, category)


def lookup_name(name: str) -> str:
    """Return the Dutch name of a row of the lookup table: of a kind of fact, of a total; its own name otherwise."""
    return texts().lookup.get(name, name)


def decimals(number: float | None) -> str:
    """Write 0.4375 as "0,438"; a dash for None."""
    return _UNKNOWN if number is None else f"{number:.3f}".replace(".", ",")


def measures(metrics: Metrics) -> list[tuple[str, Share]]:
    """Return what is counted apart from the pass rate, with its Dutch name."""
    shares = {
        "facts": metrics.facts,
        "refusal_recall": metrics.refusal_recall,
        "false_refusals": metrics.false_refusals,
        "clarified": metrics.clarified,
        "literal_quotes": metrics.literal_quotes,
        "wrong_policy": metrics.wrong_policy,
    }
    return [(texts().measures[name], share) for name, share in shares.items()]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for function in (percentage, milliseconds, interval, decimals, category_name, lookup_name, measures):
        environment.filters[function.__name__] = function
    return environment
