import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.__main__ import main
from assistant.form import Form
from assistant.parts import Part
from assistant.rules.first import CachedEmbedder
from assistant.rules.letters import LetterSearch
from assistant.rules.loader import load_facts
from assistant.rules.lookup import FactLookup, Lookup, Match
from assistant.rules.matcher import FactMatcher
from assistant.rules.model import Fact, Kind
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.rules.phrasings import phrasings_of
from eval.commands import FINE, WRONG_USE, Screen
from eval.lines import Problem
from eval.lookup.bench import Bench
from eval.lookup.commands import LookupOptions, lookup
from eval.lookup.left_out import LeavingIndex, leave_one_out
from eval.lookup.measure import Found, look_up, ranking
from eval.lookup.phrasings import SHIPPED, ExpectedSide, Sample, read_samples
from eval.lookup.report import LeftOutReport, LookupReport, lookup_json, lookup_table
from eval.lookup.summary import ALL, GENERAL, Miss, Row, Sides, misses, summarise
from eval.metrics import Share
from eval.texts import texts
from index.documents import Document
from index.embeddings import BUNDLED_MODEL, load_embedder
from index.vectors import Role, VectorCache

TODAY = date(2025, 9, 20)
WriteLines = Callable[..., Path]
GGZ = """
policy: 2026-ggz
facts:
  - id: 2026-ggz.procedure.fiets
    kind: procedure
    topic: fiets
    label: "Fietsen mogen binnen staan"
    provider_types: [vrijgevestigd]
    quotes: [{text: "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."}]
    answer: {nl: "Een fiets mag **binnen** staan.", en: "A bicycle may stand **inside**."}
    asked:
      what: ["waar zet ik mijn fiets neer", "Waar zet ik mijn fiets neer?", "is er een stalling voor rijwielen"]
      affirmed: ["mag mijn fiets binnen staan"]
      denied: ["moet mijn fiets buiten blijven"]
  - id: 2026-ggz.procedure.fiets-instelling
    kind: procedure
    topic: fiets
    label: "Fietsen van instellingen blijven buiten"
    provider_types: [geintegreerd]
    quotes: [{text: "Wij sluiten geen zorgovereenkomsten met terugwerkende kracht."}]
    answer: {nl: "De fiets van een instelling blijft **buiten**.", en: "It stays **outside**."}
    asked:
      what: ["waar laten instellingen de fiets"]
  - id: 2026-ggz.absent.soep
    kind: absent
    topic: soep
    label: "Soep van de dag: niet in het beleid"
    answer: {nl: "De soep **staat niet in het beleid**.", en: "The soup is **not in the policy**."}
    desk: declaraties
    asked:
      what: ["welke soep is er vandaag", "wat eten we bij de lunch", "mag mijn fiets daar binnen staan"]
"""
GENERAL_FACTS = """
policy: general
facts:
  - id: general.absent.weer
    kind: absent
    topic: weer
    label: "Het weer: niet in het beleid"
    answer: {nl: "Het weer **staat niet in het beleid**.", en: "The weather is **not in the policy**."}
    desk: declaraties
    asked:
      what: ["regent het morgen", "is er zon", "is de fietsenstalling open", "Is de fietsenstalling open?"]
"""


@pytest.fixture(scope="module")
def bench(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a few facts that the learned models do not know, with their index."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "ggz.yaml").write_text(GGZ, encoding="utf-8")
    (folder / "general.yaml").write_text(GENERAL_FACTS, encoding="utf-8")
    facts = load_facts(documents, folder)
    cache = VectorCache(load_embedder(BUNDLED_MODEL), BUNDLED_MODEL, kept=folder / "vectors.npz")
    return Bench(documents, facts, cache, make_phrasing_index(facts, cache))


@pytest.fixture(scope="module")
def by_id(bench: Bench) -> dict[str, Fact]:
    return {fact.id: fact for fact in bench.facts}


@pytest.fixture(scope="module")
def rules(bench: Bench) -> FactLookup:
    return FactLookup(bench.facts, FactMatcher(bench.facts, bench.index), CachedEmbedder(bench.cache))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "geen geldige JSON (EOF while parsing an object at line 1 column 1)", id="not JSON"),
        pytest.param(
            '{"fact": "general.absent.weer", "side": null}', "de sleutel 'text' ontbreekt", id="a key too few"
        ),
        pytest.param(
            '{"fact": "general.absent.weer", "text": "Hagelt het?", "side": null, "key": "b"}',
            "de sleutel 'key' is onbekend",
            id="a key too many",
        ),
        pytest.param(
            '{"fact": "general.absent.weer", "text": "  ", "side": null}', "de sleutel 'text' is leeg", id="no text"
        ),
        pytest.param(
            '{"fact": "general.absent.wind", "text": "Waait het?", "side": null}',
            "het feit 'general.absent.wind' bestaat niet",
            id="an unknown fact",
        ),
        pytest.param(
            '{"fact": "general.absent.weer", "text": "Hagelt het?", "side": "yes"}',
            "sleutel side klopt niet (Input should be 'ja', 'nee', 'hangt-af' or 'none')",
            id="an unknown side",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_others_are_read(
    line: str, message: str, write_lines: WriteLines, bench: Bench, by_id: dict[str, Fact]
) -> None:
    path = write_lines(
        line,
        '{"fact": "general.absent.weer", "text": "Sneeuwt het?", "side": "none"}',
        "",
        '{"fact": "2026-ggz.absent.soep", "text": "Wat is de soep?", "side": null}',
    )
    found = read_samples(path, bench.facts)
    assert found.samples == (
        Sample(by_id["general.absent.weer"], "Sneeuwt het?", ExpectedSide.NONE),
        Sample(by_id["2026-ggz.absent.soep"], "Wat is de soep?", None),
    )
    assert found.problems == (Problem("set.jsonl", 1, "", message),)


def test_the_same_question_for_the_same_fact_counts_once(write_lines: WriteLines, bench: Bench) -> None:
    line = '{"fact": "general.absent.weer", "text": "Sneeuwt het?", "side": null}'
    found = read_samples(write_lines(line, line), bench.facts)
    message = "dit staat ook op regel 1; deze regel telt niet mee"
    assert found.problems == (Problem("set.jsonl", 2, "general.absent.weer: Sneeuwt het?", message),)
    assert len(found.samples) == 1


def test_a_question_is_looked_up_in_the_scope_of_its_fact(
    bench: Bench, rules: FactLookup, by_id: dict[str, Fact]
) -> None:
    own, other, soup = (
        by_id[f"2026-ggz.{name}"] for name in ("procedure.fiets", "procedure.fiets-instelling", "absent.soep")
    )
    samples = [
        Sample(own, "Waar kan ik mijn fiets neerzetten?"),
        Sample(other, "Waar kan ik mijn fiets neerzetten?"),
        Sample(soup, "Waar zet ik mijn fiets neer?"),
    ]
    told: list[tuple[int, int]] = []
    assert look_up(samples, rules, bench.documents, TODAY, lambda *now: told.append(now)) == [
        Found(own, "Waar kan ik mijn fiets neerzetten?", 1, own.id),
        Found(other, "Waar kan ik mijn fiets neerzetten?", 1, other.id),
        Found(soup, "Waar zet ik mijn fiets neer?", 3, own.id),
    ]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_side_is_that_of_the_right_fact_whatever_was_found(
    bench: Bench, rules: FactLookup, by_id: dict[str, Fact]
) -> None:
    fact = by_id["2026-ggz.procedure.fiets"]
    samples = [
        Sample(fact, "Mag mijn fiets binnen staan?", ExpectedSide.YES),
        Sample(fact, "Moet mijn fiets buiten blijven?", ExpectedSide.YES),
        Sample(fact, "Moet mijn fiets buiten blijven?", ExpectedSide.NO),
        Sample(fact, "Mag mijn fiets binnen staan?", ExpectedSide.DEPENDS),
    ]
    found = look_up(samples, rules, bench.documents, TODAY)
    assert [one.has_right_side for one in found] == [True, False, True, None]


def test_a_text_that_asks_nothing_has_no_rank(bench: Bench, rules: FactLookup, by_id: dict[str, Fact]) -> None:
    fact = by_id["general.absent.weer"]
    assert look_up([Sample(fact, "?")], rules, bench.documents, TODAY) == [Found(fact, "?", None, "")]


def test_of_two_parts_the_best_score_of_every_fact_counts(by_id: dict[str, Fact]) -> None:
    one, other = (
        Part("een", Form.OPEN, ("een",), "een", "een", "", asks_anew=True),
        Part("twee", Form.OPEN, ("twee",), "twee", "twee", "", asks_anew=True),
    )
    soup, weather = by_id["2026-ggz.absent.soep"], by_id["general.absent.weer"]
    lookups = [
        Lookup(one, (Match(soup, 1.5), Match(weather, 1.0)), None),
        Lookup(other, (Match(weather, 2.0), Match(soup, 0.5)), None),
    ]
    assert ranking(lookups) == [(Match(weather, 2.0), other), (Match(soup, 1.5), one)]


def test_a_phrasing_that_is_left_out_is_as_far_as_can_be_and_comes_back(bench: Bench) -> None:
    leaving, vector = LeavingIndex(bench.index), bench.cache.vectors(["regent het morgen"], Role.QUERY)[0]
    row = bench.phrasings.index("regent het morgen")
    query = bench.index.whitening.project(vector[np.newaxis, :])[0]
    letters = LetterSearch(leaving.index.letters, len(bench.phrasings))
    with leaving.without([row], vector):
        assert float(leaving.index.vectors[row] @ query) == pytest.approx(-1)
        assert letters.scores("regent het morgen")[row] == 0
        assert bench.index.vectors[row] @ query == pytest.approx(1, abs=1e-3)
    assert np.array_equal(leaving.index.vectors, bench.index.vectors)
    assert np.array_equal(leaving.index.letters.lengths, bench.index.letters.lengths)


def test_no_phrasing_finds_its_fact_by_itself_or_its_equal(bench: Bench) -> None:
    found = {one.text: one.first for one in leave_one_out(bench, step=1)}
    assert len(found) == len(phrasings_of(bench.facts))
    assert found["waar zet ik mijn fiets neer"] == found["mag mijn fiets binnen staan"] == "2026-ggz.procedure.fiets"
    assert found["welke soep is er vandaag"] == "2026-ggz.absent.soep"
    for strange in ("mag mijn fiets daar binnen staan", "is de fietsenstalling open", "Is de fietsenstalling open?"):
        assert found[strange].startswith("2026-ggz.procedure.fiets")


def test_a_sample_of_the_phrasings_takes_every_so_manyth(bench: Bench) -> None:
    found = leave_one_out(bench, step=5)
    assert [one.text for one in found] == bench.phrasings[::5]


def test_totals_by_kind_by_policy_and_by_side(by_id: dict[str, Fact]) -> None:
    bicycle, soup, weather = (
        by_id[name] for name in ("2026-ggz.procedure.fiets", "2026-ggz.absent.soep", "general.absent.weer")
    )
    yes, no = ExpectedSide.YES, ExpectedSide.NO
    found = [
        Found(bicycle, "een", 1, bicycle.id, expected_side=yes, has_right_side=True),
        Found(bicycle, "twee", 2, soup.id, expected_side=no, has_right_side=False),
        Found(soup, "drie", 4, bicycle.id, out_of_scope=1),
        Found(weather, "vier", None, "", expected_side=no),
    ]
    summary = summarise(found)
    assert summary.overall == Row(ALL, Share(1, 4), Share(2, 4), (1 + 1 / 2 + 1 / 4) / 4)
    assert summary.kinds == (
        Row("absent", Share(0, 2), Share(0, 2), 1 / 8),
        Row("procedure", Share(1, 2), Share(2, 2), 3 / 4),
    )
    assert summary.policies == (
        Row("2026-ggz", Share(1, 3), Share(2, 3), (1 + 1 / 2 + 1 / 4) / 3),
        Row(GENERAL, Share(0, 1), Share(0, 1), 0),
    )
    assert summary.sides == Sides(Share(1, 3), Share(1, 1), Share(0, 2))
    assert summary.out_of_scope == 1
    assert misses(found) == (
        Miss(bicycle.id, soup.id, 2, "twee"),
        Miss(soup.id, bicycle.id, 4, "drie"),
        Miss(weather.id, "", None, "vier"),
    )


@pytest.fixture
def report(by_id: dict[str, Fact]) -> LookupReport:
    bicycle, soup = by_id["2026-ggz.procedure.fiets"], by_id["2026-ggz.absent.soep"]
    found = [
        Found(bicycle, "een", 1, bicycle.id, expected_side=ExpectedSide.YES, has_right_side=True),
        Found(soup, "twee", 2, bicycle.id),
    ]
    return LookupReport(
        file="set.jsonl",
        as_of="2025-09-20",
        known=1,
        summary=summarise(found),
        misses=misses(found),
        problems=(Problem("set.jsonl", 3, "", "de sleutel 'text' is leeg"),),
        left_out=LeftOutReport(8, 16, summarise(found[:1]), ()),
    )


def test_the_table(report: LookupReport) -> None:
    assert lookup_table(report) == (
        "Vragen uit set.jsonl, in het bereik van hun feit, gesteld op 2025-09-20\n"
        "\n"
        "soort feit                 van eerst  aandeel  95 %-interval  bij drie     MRR\n"
        "-----------------------------------------------------------------------------\n"
        "staat niet in het beleid     1     0    0,0 %  0,0–79,3 %      100,0 %   0,500\n"
        "procedure                    1     1  100,0 %  20,7–100,0 %    100,0 %   1,000\n"
        "-----------------------------------------------------------------------------\n"
        "2026-ggz                     2     1   50,0 %  9,5–90,5 %      100,0 %   0,750\n"
        "-----------------------------------------------------------------------------\n"
        "alles                        2     1   50,0 %  9,5–90,5 %      100,0 %   0,750\n"
        "\n"
        "Juiste kant van ja/nee-vragen, bij het juiste feit    100,0 %  (1 van 1; 20,7–100,0 %)\n"
        "  waar het antwoord ja is                             100,0 %  (1 van 1; 20,7–100,0 %)\n"
        "  waar het antwoord nee is                                  –  (0 van 0; 0,0–100,0 %)\n"
        "Feiten van buiten het bereik boven het juiste feit: 0.\n"
        "  Dat kan niet anders: alleen feiten binnen het bereik doen mee.\n"
        "Vragen die net zo bij de feiten staan: 1.\n"
        "\n"
        "Formuleringen van de feiten, elke keer zonder die formulering zelf\n"
        "Een steekproef: 1 op de 8, 1 van 16.\n"
        "Zonder het geleerde model van de onderwerpen en zonder de regels voor woorden en data. Dat model heeft\n"
        "elke formulering gezien. De cijfers zijn dus niet te vergelijken met die hierboven.\n"
        "\n"
        "soort feit                 van eerst  aandeel  95 %-interval  bij drie     MRR\n"
        "-----------------------------------------------------------------------------\n"
        "procedure                    1     1  100,0 %  20,7–100,0 %    100,0 %   1,000\n"
        "-----------------------------------------------------------------------------\n"
        "2026-ggz                     1     1  100,0 %  20,7–100,0 %    100,0 %   1,000\n"
        "-----------------------------------------------------------------------------\n"
        "alles                        1     1  100,0 %  20,7–100,0 %    100,0 %   1,000\n"
        "\n"
        "Regels die niet gemeten zijn (1):\n"
        "  set.jsonl, regel 3: de sleutel 'text' is leeg\n"
    )


def test_the_json_holds_the_figures_with_their_interval_and_the_misses(report: LookupReport) -> None:
    written = json.loads(lookup_json(report))
    assert list(written) == ["file", "as_of", "known", "summary", "misses", "problems", "left_out"]
    share = {
        "count": 1,
        "total": 2,
        "share": 0.5,
        "low": pytest.approx(0.0945, abs=1e-4),
        "high": pytest.approx(0.9055, abs=1e-4),
    }
    assert written["summary"]["overall"]["first"] == share
    assert written["misses"] == [
        {"fact": "2026-ggz.absent.soep", "found": "2026-ggz.procedure.fiets", "rank": 2, "text": "twee"}
    ]
    assert written["problems"] == [{"file": "set.jsonl", "line": 3, "id": "", "message": "de sleutel 'text' is leeg"}]
    assert written["left_out"]["step"] == 8


def test_every_kind_of_fact_has_its_dutch_name() -> None:
    assert set(texts().lookup) == {*Kind, GENERAL, ALL}


def test_every_phrasing_that_ships_names_a_fact(documents: list[Document]) -> None:
    found = read_samples(SHIPPED, load_facts(documents))
    assert found.problems == ()
    assert len(found.samples) > 1000


def test_the_command_measures_a_handful_of_questions_and_keeps_their_vectors(
    home: Path, write_lines: WriteLines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_lines(
        '{"fact": "2026-ggz.deadline.vragenlijst", "text": "Tot welke dag mag ik de lijst insturen?", "side": null}',
        '{"fact": "2026-ggz.deadline.vragenlijst", "text": "", "side": null}',
        '{"fact": "2026-ggz.bestaat.niet", "text": "Is er koffie?", "side": "none"}',
    )
    folder = tmp_path / "uit"
    assert main(["eval", "lookup", str(path), "--to", str(folder), "--as-of", "2025-09-20"]) == FINE
    shown = capsys.readouterr().out
    assert "deadline                     1     1  100,0 %  20,7–100,0 %    100,0 %   1,000\n" in shown
    assert "Regels die niet gemeten zijn (2):\n" in shown
    assert "  set.jsonl, regel 3: het feit '2026-ggz.bestaat.niet' bestaat niet\n" in shown
    written = json.loads((folder / "lookup.json").read_text("utf-8"))
    assert (written["misses"], written["left_out"]) == ([], None)
    assert (home / "eval" / "lookup-vectors.npz").is_file()


def test_a_file_without_a_usable_line_ends_with_2(write_lines: WriteLines, bench: Bench) -> None:
    path, shown, warned = write_lines("{"), list[str](), list[str]()
    screen = Screen(shown.append, warned.append)
    assert lookup(screen, bench.cache, LookupOptions(TODAY, path)) == WRONG_USE
    assert warned[0].startswith(f"In {path} staat geen bruikbare vraag. Regel 1: geen geldige JSON")
    assert shown == []
