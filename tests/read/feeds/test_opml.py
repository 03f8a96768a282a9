import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EmptyError, FormatError, SizeError
from marsad.read.feeds.opml import LARGEST, MOST, Outline, opml, write_opml
from marsad.types import Skipped, Source

LIST = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>قائمتي</title></head><body>
<outline text="وكالات"><outline text="عراقية">
<outline type="rss" text="وكالة النهر" xmlUrl="https://nahr.example/rss?a=1&amp;b=2" htmlUrl="https://nahr.example/"/></outline>
<outline title="The Wire" text="x" XMLURL=" https://wire.example/atom " htmlurl="/"/></outline>
<outline type="rss" text="old form" url="http://old.example/rss"/>
<outline text="a note"/>
<outline text="again" xmlUrl="https://nahr.example/rss?a=1&amp;b=2"/>
<outline text="off" xmlUrl="https://off.example/rss" isComment="true"/>
<outline text="here" xmlUrl="file:///etc/passwd"/>
<outline type="include" text="more" url="https://lists.example/more.opml"/>
</body></opml>"""


def test_the_feeds_of_a_list_with_their_folders():
    found = opml(LIST.encode(), "a.opml")
    assert [one for one in found if isinstance(one, Outline)] == [
        Outline(
            title="وكالة النهر",
            feed="https://nahr.example/rss?a=1&b=2",
            site="https://nahr.example/",
            folder=("وكالات", "عراقية"),
        ),
        Outline(title="The Wire", feed="https://wire.example/atom", site="https://wire.example/", folder=("وكالات",)),
        Outline(title="old form", feed="http://old.example/rss"),
    ]


def test_what_cannot_be_followed_is_skipped_with_the_reason():
    skipped = [one for one in opml(LIST.encode(), "a.opml") if isinstance(one, Skipped)]
    assert [one.code for one in skipped] == ["format"] * 4
    for one, reason in zip(skipped, ["twice", "switched off", "no address", "another list"], strict=True):
        assert reason in one.message
        assert one.where == "a.opml"


@pytest.mark.parametrize("codec", ["utf-16", "windows-1256", "utf-8-sig"])
def test_a_list_in_another_encoding(codec):
    assert opml(LIST.encode(codec), "a")[0].title == "وكالة النهر"


def test_a_damaged_list_is_read_as_far_as_it_goes():
    found = opml(
        LIST[: LIST.index("<outline type=")].replace("&amp;", "&").encode() + b"<outline xmlUrl=http://e.example/>", "a"
    )
    assert [one.feed for one in found] == ["http://e.example/"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyError),
        (b" \n", EmptyError),
        (b"<rss/>", FormatError),
        (b"<html>", FormatError),
        (b"x", FormatError),
        (b"<opml>" + b" " * LARGEST, SizeError),
    ],
)
def test_what_is_no_list_is_refused(data, error):
    with pytest.raises(error):
        opml(data, "a")


def test_a_hostile_list_costs_little():
    laughs = '<!DOCTYPE a [<!ENTITY b "' + "x" * 1_000 + '"><!ENTITY c "' + "&b;" * 1_000 + '">]>'
    (one,) = opml(f'{laughs}<opml><outline text="&c;" xmlUrl="https://e.example/"/></opml>'.encode(), "a")
    assert one.title == "&c;"
    assert opml(b"<opml>" + b'<outline text="a">' * 50_000, "a") == ()
    many = "".join(f'<outline a{n}="x"' for n in range(1_000)) + "/>"
    assert opml(f"<opml>{many}</opml>".encode(), "a") == ()
    found = opml(b"<opml>" + b"".join(b'<outline xmlUrl="https://e.example/%d"/>' % n for n in range(MOST + 5)), "a")
    assert len(found) == MOST + 1
    assert found[-1].code == "size"


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(
    st.lists(st.tuples(names, names.map(lambda name: name.encode().hex())), max_size=5, unique_by=lambda one: one[1])
)
def test_what_is_written_is_read_again(pairs):
    sources = [
        Source(id=f"{path}.example", name=name, feed=f"https://{path}.example/?a=1&b=2", url=f"https://{path}.example/")
        for name, path in pairs
    ]
    found = opml(write_opml(sources).encode(), "a")
    assert [(one.feed, one.site) for one in found] == [(one.feed, one.url) for one in sources]


def test_sources_without_a_feed_are_left_out_and_those_not_enabled_are_comments():
    sources = [
        Source(id="a.example"),
        Source(id="b.example", feed="https://b.example/rss", enabled=False),
        Source(id="c.example", name='ج "<&', feed="https://c.example/rss"),
    ]
    off, on = opml(write_opml(sources).encode(), "a")
    assert "switched off" in off.message
    assert (on.title, on.feed, on.site) == ('ج "<&', "https://c.example/rss", None)
