from collections.abc import Callable

from eval.cases import Case
from eval.metrics import Share
from eval.quotes import find_quote
from eval.retrieval import first_hit, measure_retrieval
from index.chunks import Chunk
from index.documents import Document, find_document
from index.search import Passage

SIGNING = "Uiterste tekendatum zorgovereenkomst 7 november 2025"
BOTH = frozenset({"2025-mondzorg", "2026-ggz"})


def passage(document: Document, start: int, end: int) -> Passage:
    chunk = Chunk(
        "x", document.id, document.sector, document.contract_year, (), 1, start, end, document.text[start:end], ""
    )
    return Passage(chunk, 1.0, 1.0, 1.0)


def test_the_rank_of_the_first_overlapping_passage_counts(
    make_case: Callable[..., Case], documents: list[Document]
) -> None:
    policy = find_document(documents, "2026-ggz")
    start, end = find_quote(SIGNING, policy).places[0]
    elsewhere, right = passage(policy, 0, 50), passage(policy, start - 20, start + 12)
    too_little = passage(policy, start - 20, start + 11)
    assert first_hit(make_case(), [elsewhere, too_little, right]) == 3
    assert first_hit(make_case(), [passage(policy, end, end + 100)]) is None


def test_the_same_place_in_another_policy_is_no_hit(make_case: Callable[..., Case], documents: list[Document]) -> None:
    start, end = find_quote(SIGNING, find_document(documents, "2026-ggz")).places[0]
    assert first_hit(make_case(), [passage(find_document(documents, "2025-mondzorg"), start, end)]) is None


def test_a_passage_behind_4000_characters_is_not_found(
    make_case: Callable[..., Case], documents: list[Document]
) -> None:
    policy = find_document(documents, "2026-ggz")
    start, end = find_quote(SIGNING, policy).places[0]
    assert first_hit(make_case(), [passage(policy, 0, 3990), passage(policy, start, end)]) is None


def test_hits_and_mean_reciprocal_rank(make_case: Callable[..., Case], documents: list[Document]) -> None:
    policy = find_document(documents, "2026-ggz")
    right, elsewhere = passage(policy, *find_quote(SIGNING, policy).places[0]), passage(policy, 0, 50)
    found = {
        "een?": [right],
        "twee?": [elsewhere, right],
        "drie?": [elsewhere],
        "vier?\neerder": [elsewhere] * 3 + [right],
    }
    asked: list[tuple[str, frozenset[str]]] = []

    def search(question: str, policies: frozenset[str]) -> list[Passage]:
        asked.append((question, policies))
        return found[question]

    cases = (
        make_case(id="een", question="een?"),
        make_case(id="twee", question="twee?", policies=[]),
        make_case(id="drie", question="drie?"),
        make_case(id="vier", question="vier?", history=["eerder"]),
        make_case(id="vijf", question="zonder bewijs?", evidence=[]),
    )
    retrieval = measure_retrieval(cases, search, BOTH)
    assert (retrieval.hit_1, retrieval.hit_3, retrieval.hit_5) == (Share(1, 4), Share(2, 4), Share(3, 4))
    assert retrieval.mrr == (1 + 1 / 2 + 1 / 4) / 4
    assert retrieval.missed == ("drie",)
    assert [policies for _, policies in asked] == [{"2026-ggz"}, BOTH, {"2026-ggz"}, {"2026-ggz"}]
