"""What the names in a law stand for, and laws that are none."""

import pytest
from cost import within
from laws import leaf, node, version

from marsad.assess.evaluate import evaluate
from marsad.assess.missing import missing
from marsad.assess.rules import elements, needed, reached
from marsad.errors import KnowledgeError, NotFoundError


def test_rules_come_after_those_that_they_name():
    made = version(
        "a b", {"top": node("all", "low", "a", unless=("w",)), "low": leaf("b"), "idle": leaf("a")}, {"w": leaf("a")}
    )
    assert list(reached(made, "top")) == ["low", "w", "top"]
    assert elements(made, reached(made, "top"), "top") == ("b", "a")


def test_a_relief_may_be_asked_for():
    assert list(reached(version("a", {}, {"w": leaf("a")}), "w")) == ["w"]


@pytest.mark.parametrize("ask", [evaluate, missing])
def test_rules_that_lead_back_to_themselves_are_named(ask):
    made = version("a", {"top": leaf("one"), "one": node("any", "a", "two"), "two": node("not", "one")})
    with pytest.raises(KnowledgeError, match="one -> two -> one") as told:
        ask(made, "top", {})
    assert told.value.where == "version of 2020-01-01"


def test_a_relief_can_be_part_of_a_circle():
    made = version("a", {"top": leaf("a", "w")}, {"w": leaf("top")})
    with pytest.raises(KnowledgeError, match="top -> w -> top"):
        reached(made, "top")


def test_a_circle_elsewhere_is_nobodys_business():
    made = version("a", {"top": leaf("a"), "one": leaf("two"), "two": leaf("one")})
    assert list(reached(made, "top")) == ["top"]


def test_no_such_rule():
    with pytest.raises(NotFoundError, match=r"'duty' is no rule and no relief.*exposure, w"):
        evaluate(version("a", {"exposure": leaf("a")}, {"w": leaf("a")}), "duty", {})


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"top": leaf("b")}, "'b' is no element and no rule"),
        ({"top": leaf("a", "b")}, "the exception 'b' is no rule and no relief"),
        ({"top": leaf("a", "a")}, "the exception 'a' is no rule"),
        ({"top": node("xor", "a")}, "'xor' is no operator"),
        ({"top": node("not")}, "a not has 0 parts"),
        ({"top": node("not", "a", "a")}, "a not has 2 parts"),
        ({"top": leaf("a"), "a": leaf("a")}, "'a' is an element and a rule"),
        ({"top": node("all", node("any", node("not")))}, "a not has 0 parts"),
    ],
)
def test_a_law_that_is_none(rules, words):
    with pytest.raises(KnowledgeError, match=words) as told:
        reached(version("a", rules), "top")
    assert told.value.do


def test_how_many_parts_are_needed():
    assert needed(node("all", "a", "b")) == 2
    assert needed(node("any", "a", "b")) == 1
    assert needed(node("at_least", "a", "b", "c", n=2)) == 2
    assert needed(node("all")) == 0


def test_rules_that_name_the_same_rule_again_and_again_are_read_once():
    rules = {f"r{n}": node("all", f"r{n + 1}", f"r{n + 1}", unless=(f"r{n + 1}",)) for n in range(40)} | {
        "r40": leaf("a")
    }
    made = version("a", rules)

    def ask():
        assert len(reached(made, "r0")) == 41
        assert elements(made, reached(made, "r0"), "r0") == ("a",)
        evaluate(made, "r39", {})
        missing(made, "r39", {})

    assert within(2, ask)
