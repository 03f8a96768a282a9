import re

import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge.templates import LANGUAGES, book, named, places, sentence
from marsad.types import Name


@pytest.mark.parametrize("of", ["finding", "alert"])
def test_both_languages_have_the_same_sentences_with_the_same_places(of):
    ar, en = (book(lang, of) for lang in LANGUAGES)
    assert {group: set(keys) for group, keys in ar.items()} == {group: set(keys) for group, keys in en.items()}
    for group, keys in en.items():
        for key in keys:
            assert places(group, key, "ar", of) == places(group, key, "en", of), f"{group}.{key}"


@pytest.mark.parametrize(("lang", "other"), [("ar", "[A-Za-z]"), ("en", "[\u0600-\u06ff]")])
def test_no_sentence_is_in_the_wrong_language(lang, other):
    for group, keys in book(lang).items():
        for key, words in keys.items():
            assert not re.search(other, re.sub(r"\{\w+\}", "", words)), f"{group}.{key}"


def test_names_are_shown_in_the_language_of_the_sentence():
    assert named("fact", "listed", who=Name("شركة", "A firm"), day="2018-01-02") == Name(
        "في القائمة يوم 2018-01-02: شركة", "A firm was on the list on 2018-01-02"
    )


@pytest.mark.parametrize(("group", "key"), [("fact", "nothing-like-it"), ("nowhere", "listed"), ("fact", "listed")])
def test_a_sentence_that_is_missing_or_not_filled_is_told(group, key):
    with pytest.raises(KnowledgeError, match=r"templates/finding.en.toml"):
        sentence(group, key, "en")
