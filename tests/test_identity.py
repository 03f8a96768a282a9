from hypothesis import given
from hypothesis import strategies as st

from marsad.identity import DIGITS, article_id, event_id


@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_an_id_is_short_hex_and_stable_for_any_text(text, url, source):
    one = article_id(text, url, source)
    assert one == article_id(text, url, source)
    assert len(one) == DIGITS and int(one, 16) >= 0


def test_half_a_surrogate_pair_has_an_id_too():
    assert len(article_id("\ud800")) == DIGITS


def test_the_same_words_elsewhere_are_another_article():
    ids = {article_id("نص"), article_id("نص", url="https://a"), article_id("نص", source="a"), article_id("نص آخر")}
    assert len(ids) == 4


def test_the_address_goes_before_the_source():
    assert article_id("نص", url="https://a", source="b") == article_id("نص", url="https://a")


def test_address_and_text_do_not_run_together():
    assert article_id("bc", url="a") != article_id("c", url="ab")


def test_events_differ_by_article_place_and_type():
    ids = {
        event_id("a", 1, 2, "AID"),
        event_id("b", 1, 2, "AID"),
        event_id("a", 1, 3, "AID"),
        event_id("a", 1, 2, "ACCUSE"),
    }
    assert len(ids) == 4


def test_the_ids_of_a_version_stay_for_ever():
    # Judgements and alerts point at these: a change here loses them.
    assert article_id("زار الوزير بغداد.", url="https://example.org/1") == "093a233d517d5ed3"
    assert event_id("093a233d517d5ed3", 0, 3, "CONSULT") == "bd427feb280f2cd9"
