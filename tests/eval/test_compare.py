from collections.abc import Callable

from eval.compare import Change, Comparison, compare
from eval.metrics import Share
from eval.report import comparison_table
from eval.rules import Failure, Rule
from eval.score import Score

LONG, SIDE = Failure(Rule.LENGTH, "Te lang."), Failure(Rule.SIDE, "Verkeerde kant.")


def test_what_got_better_and_worse_question_by_question(make_score: Callable[..., Score]) -> None:
    good, bad = make_score, lambda name, failure=LONG: make_score(name, False, failures=(failure,))
    before = [good("a"), bad("b"), good("c"), bad("d"), bad("e"), good("weg")]
    after = [good("nieuw"), bad("a"), good("b"), good("c"), bad("d"), bad("e", SIDE)]
    assert compare(before, after) == Comparison(
        before=Share(2, 5),
        after=Share(2, 5),
        better=(Change(bad("b"), good("b")),),
        worse=(Change(good("a"), bad("a")),),
        otherwise_wrong=(Change(bad("e"), bad("e", SIDE)),),
        only_before=("weg",),
        only_after=("nieuw",),
    )


def test_a_comparison_is_readable(make_score: Callable[..., Score]) -> None:
    before = [make_score("a"), make_score("b", False, failures=(LONG,)), make_score("c")]
    after = [make_score("a", False, failures=(SIDE,)), make_score("b")]
    assert comparison_table(compare(before, after)) == (
        "Goed: eerst 1, nu 1 van 2 gedeelde vragen.\n"
        "\n"
        "Slechter (1):\n"
        "- a: Vraag a?\n"
        "    nu: Verkeerde kant.\n"
        "\n"
        "Beter (1):\n"
        "+ b: Vraag b?\n"
        "    eerst: Te lang.\n"
        "\n"
        "Alleen in de eerste: c\n"
    )
