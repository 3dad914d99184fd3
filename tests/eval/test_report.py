import re
from collections.abc import Callable

from assistant.answer import Answer
from eval.answers import AnswerSet
from eval.cases import Case, CaseSet
from eval.lines import Problem
from eval.metrics import Share
from eval.report import html_report, retrieval_table, score_table
from eval.retrieval import Retrieval
from eval.score import score_run
from index.documents import Document

MakeCase, MakeAnswer = Callable[..., Case], Callable[..., Answer]


def made_report(make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]) -> str:
    cases = CaseSet(
        "set.jsonl",
        (make_case(), make_case(id="fout", question="<b>Fout</b>?", hard=True)),
        (Problem("set.jsonl", 3, "", "geen geldige JSON"),),
    )
    answers = AnswerSet("answers.jsonl", (make_answer(), make_answer("<img src=http://x/y> [1]", id="fout")), ())
    return html_report(cases, answers, score_run(cases, answers, documents))


def test_the_page_asks_nothing_of_other_machines_and_escapes_what_others_wrote(
    make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]
) -> None:
    page = made_report(make_case, make_answer, documents)
    assert (
        re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?[^"'\s>]+""", page.replace("&lt;img src=http://x/y&gt;", ""))
        == []
    )
    assert "<img" not in page
    assert "<b>Fout" not in page
    assert "<script" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_failures_stand_before_what_passed_with_their_reason(
    make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]
) -> None:
    page = made_report(make_case, make_answer, documents)
    places = [
        page.index(text) for text in ("Niet goed (1)", "In de tekst ontbreekt: 7 november", "Goed (1)", "<details>")
    ]
    assert places == sorted(places)
    assert "set.jsonl, regel 3: geen geldige JSON" in page
    assert "Van de moeilijke vragen: 0 van 1" in page


def test_the_same_run_gives_the_same_page(
    make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]
) -> None:
    pages = {made_report(make_case, make_answer, documents) for _ in range(2)}
    assert len(pages) == 1


def test_the_table_of_the_terminal(make_case: MakeCase, make_answer: MakeAnswer, documents: list[Document]) -> None:
    cases = CaseSet("set.jsonl", (make_case(),), ())
    scoring = score_run(cases, AnswerSet("answers.jsonl", (make_answer("Op 8 november [1]."),), ()), documents)
    assert score_table(scoring) == (
        "categorie                 van goed  aandeel  95 %-interval    mediaan\n"
        "----------------------------------------------------------------------\n"
        "deadlines                   1    0    0,0 %  0,0–79,3 %       12,5 ms\n"
        "----------------------------------------------------------------------\n"
        "alles                       1    0    0,0 %  0,0–79,3 %       12,5 ms\n"
        "\n"
        "Verwachte feiten in de tekst                     0,0 %  (0 van 1)\n"
        "Terecht geweigerd                                    –  (0 van 0)\n"
        "Ten onrechte geweigerd of doorverwezen           0,0 %  (0 van 1)\n"
        "Wedervragen                                      0,0 %  (0 van 1)\n"
        "Letterlijke bronnen                            100,0 %  (1 van 1)\n"
        "Bronnen uit het verkeerde beleid                 0,0 %  (0 van 1)\n"
        "Gevonden bewijs (recall)                       100,0 %\n"
        "Tijd per antwoord, mediaan                     12,5 ms, 95 % binnen 12,5 ms\n"
        "\n"
        "Niet goed (1):\n"
        "  tekenen: Wanneer moet ik tekenen?\n"
        "    - In de tekst ontbreekt: 7 november\n"
    )


def test_the_table_of_retrieval() -> None:
    found = Retrieval(Share(1, 4), Share(2, 4), Share(3, 4), 0.4375, ("drie",))
    assert retrieval_table(found) == (
        "hit@1    25,0 %  (1 van 4; 95 %-interval 4,6–69,9 %)\n"
        "hit@3    50,0 %  (2 van 4; 95 %-interval 15,0–85,0 %)\n"
        "hit@5    75,0 %  (3 van 4; 95 %-interval 30,1–95,4 %)\n"
        "MRR       0,438\n"
        "\n"
        "Niet gevonden (1): drie\n"
    )
