"""The ladders: that the file is whole, that its faults are told, and that its own examples come out as it says."""

import copy

import pytest
import yaml

from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge import files
from marsad.knowledge.ladders import ladders, parse
from marsad.knowledge.rules import LEVELS
from marsad.text import fold_text
from marsad.types import Ladder


@pytest.fixture
def given():
    return copy.deepcopy(files.document("ladders.yaml"))


def test_every_level_is_told_in_both_languages():
    found = ladders()
    assert set(found.levels) == {(ladder, level) for ladder, levels in LEVELS.items() for level in levels}
    for level in found.levels.values():
        for part in (level.name, level.definition, level.cues, level.examples):
            assert part["ar"] and part["en"], (level.ladder, level.level)
        assert level.source
    with pytest.raises(NotFoundError, match="0 to 10"):
        found.level(Ladder.L, 11)


def test_every_rule_has_id_level_and_source():
    rules = ladders().rules
    assert len({rule.id for rule in rules}) == len(rules)
    coded = {(rule.ladder, rule.level) for rule in rules if rule.level is not None}
    assert coded >= {key for key in ladders().levels if key != (Ladder.W, 1)}  # W1 is also coded instead of W-1
    for rule in rules:
        assert rule.source
        assert (rule.level is None) == rule.id.startswith("n."), rule.id
        if rule.level is not None and rule.ladder is not Ladder.L:
            assert rule.id.startswith(f"{rule.ladder.lower()}{rule.level}."), rule.id


def test_no_examples_are_taken_from_elsewhere_and_none_stands_twice():
    examples = [text for level in ladders().levels.values() for each in level.examples.values() for text in each]
    assert len(set(examples)) == len(examples)


def test_phrases_are_folded_and_no_class_has_a_phrase_twice():
    for name, phrases in ladders().words.items():
        assert all(phrase == fold_text(phrase).lower() for phrase in phrases), name


def fault(given):
    with pytest.raises(KnowledgeError) as caught:
        parse(given, "mine.yaml")
    assert caught.value.do
    return str(caught.value)


def test_an_unknown_class_is_told_with_its_rule(given):
    given["rules"][0]["match"] = ["nowhere >3 sanction"]
    assert "mine.yaml: rules." in fault(given) and "nowhere" in fault(given)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book["rules"].append({"match": ["sanction"]}), "has no id"),
        (lambda book: book["rules"].append({"id": "w4.may", "match": ["sanction"]}), "stands twice"),
        (lambda book: book["rules"].append({"id": "x", "ladder": "W", "level": 12, "match": ["sanction"]}), "level 12"),
        (lambda book: book["rules"].append({"id": "x", "mach": ["sanction"]}), "'mach' is not known"),
        (lambda book: book["rules"].append({"id": "x"}), "neither words nor event"),
        (lambda book: book["rules"].append({"id": "x", "match": ["sanction law"]}), "nothing between"),
        (lambda book: book["rules"].append({"id": "x", "event": {"types": ["EAT"]}}), "'EAT' is not allowed"),
        (lambda book: book["rules"].append({"id": "x", "event": {"contexts": ["moon"]}}), "no context"),
        (lambda book: book["levels"]["W"].pop(3), "levels.W"),
        (lambda book: book["levels"]["L"][3]["examples"].pop("ar"), "levels.L.3.examples"),
        (lambda book: book["words"].pop("reading"), "words.reading"),
        (lambda book: book["words"]["say"].pop("en"), "words.say"),
        (lambda book: book["laws"]["us/caatsa/231"].pop("source"), "laws.us/caatsa/231"),
        (lambda book: book["sanctioned"]["RUS"].pop("since"), "sanctioned.RUS"),
        (lambda book: book["told"].pop("DENIED"), "told"),
        (lambda book: book.pop("rules"), "rules"),
    ],
)
def test_faults_are_told_with_file_and_key(given, change, words):
    change(given)
    assert words in fault(given)


def test_the_file_is_plain_yaml_without_keys_twice():
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader, node):
        keys = [loader.construct_object(key) for key, _ in node.value]
        assert len(set(keys)) == len(keys), [key for key in keys if keys.count(key) > 1][:3]
        return yaml.SafeLoader.construct_mapping(loader, node, deep=True)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    assert yaml.load(files.read("ladders.yaml"), Loader=Strict)


def test_the_guard_leaves_a_denial_or_a_reservation():
    assert set(ladders().guard) == {-1, 1}


def test_faults_of_the_guard_and_of_who_takes_part_are_told(given):
    broken = copy.deepcopy(given)
    broken["guard"][12] = ["not >2 $"]
    assert "12 is no level of W" in fault(broken)
    broken = copy.deepcopy(given)
    rule = next(rule for rule in broken["rules"] if rule["id"] == "l3.event")
    rule["event"]["who"] = ["NOBODY"]
    assert "rules.l3.event.event.who" in fault(broken)
