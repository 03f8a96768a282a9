"""Near-duplicates: what is alike meets, what is not stays apart, the same on every machine and in linear time."""

import random

import pytest
from cost import grows_less
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.near import Near, jaccard, sets, sketch

WORDS = [
    "زار",
    "وزير",
    "الخارجية",
    "الروسي",
    "بغداد",
    "وبحث",
    "مع",
    "نظيره",
    "العراقي",
    "ملفات",
    "الطاقة",
    "والأمن",
    "في",
    "المنطقة",
    "وقال",
    "إن",
    "بلاده",
    "تدعم",
]


def story(seed, words=200):
    drawn = random.Random(seed)
    return " ".join(f"{drawn.choice(WORDS)}{drawn.randrange(90)}" for _ in range(words))


def changed(text, share, seed):
    drawn = random.Random(seed)
    return " ".join("كلمة" if drawn.random() < share else word for word in text.split())


def test_a_copy_with_few_words_changed_is_found_and_another_story_is_not():
    near = Near()
    for k in range(60):
        assert near.add(k, story(k)) == []
    found = [near.add(100 + k, changed(story(k), 0.02, k)) for k in range(60)]
    assert [f[:1] for f in found] == [[k] for k in range(60)]


def test_spelling_case_and_marks_make_no_difference():
    assert sketch("أعلنتْ الحكومة، إلغاءَ «القرار»") == sketch("اعلنت الحكومه الغاء القرار")
    assert sketch("NATO chief visits Kyiv today.") == sketch("nato CHIEF visits Kyiv today")


def test_bands_are_the_same_on_every_machine():
    assert sketch("وصل الوزير إلى بغداد اليوم").bands[:2] == (105286121766130949, -6057815663509901385)
    assert all(-(2**63) <= band < 2**63 for band in sketch(story(1)).bands)


def test_a_text_without_words_is_like_nothing():
    near = Near()
    assert near.add("a", "…") == [] == near.add("b", "…")
    assert jaccard(sketch(""), sketch("")) == 0


def test_an_id_twice_is_refused():
    near = Near()
    near.add("a", "نص")
    with pytest.raises(ValueError, match="'a' was added before"):
        near.add("a", "نص آخر")


@pytest.mark.parametrize("alike", [0, -1, 1.1])
def test_alike_is_a_share(alike):
    with pytest.raises(ValueError, match="share"):
        Near(alike)


def test_sets_join_what_is_joined_by_others():
    assert sets({1: [], 2: [], 3: [2], 4: [1, 3]}) == [[1, 2, 3, 4]]


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_a_share(a, b):
    a, b = sketch(a), sketch(b)
    assert jaccard(a, b) == jaccard(b, a)
    assert 0 <= jaccard(a, b) <= 1
    assert not a.shingles or jaccard(a, a) == 1


def test_many_copies_take_linear_time():
    def copies(count):
        near, text = Near(), story(1, 60)
        for k in range(count):
            near.add(k, text)

    assert grows_less(8, lambda: copies(500), lambda: copies(2000))
