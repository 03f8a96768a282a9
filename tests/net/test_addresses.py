from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marsad.errors import AddressError
from marsad.net.addresses import check_found, host_of, joined, refusal, target

words = str.split

FORBIDDEN = words("""
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.1 169.254.169.254 169.254.0.1
    172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9
    224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe
    64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2001:2::1 2002:7f00:1:: 2002:a00:1::1
    2002:a9fe:a9fe::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 2606:4700::1%eth0 fec0::1 ff02::1 4000::1
""")
PUBLIC = words("""
    1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 192.169.1.1 223.255.255.1
    168.63.129.17 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
""")


@pytest.mark.parametrize("one", FORBIDDEN)
def test_what_is_not_on_the_public_internet_is_refused(one):
    assert refusal(ip_address(one))
    with pytest.raises(AddressError, match="resolves to"):
        check_found("news.example", ["1.1.1.1", one], "http://news.example/")
    host = f"[{one}]" if ":" in one else one
    if "%" not in one:
        with pytest.raises(AddressError):
            target(f"http://{host}/", private=False)
        assert host_of(target(f"http://{host}:8080/", private=True)) == one


@pytest.mark.parametrize("one", PUBLIC)
def test_what_is_public_is_not(one):
    assert refusal(ip_address(one)) is None
    assert check_found("news.example", [one], "") == [one]
    target(f"https://[{one}]/" if ":" in one else f"https://{one}/", private=False)


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_held_in_another_is_no_better_than_by_itself(inner):
    for outer in (f"::ffff:{inner}", f"64:ff9b::{inner}", str(IPv6Address((0x2002 << 112) | (int(inner) << 80) | 1))):
        assert refusal(ip_address(outer)) == refusal(inner)
    assert refusal(inner) or (inner.is_global and not inner.is_multicast)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_no_address_of_ipv6_is_public_that_the_standard_library_calls_local(address):
    assume(address.sixtofour is None)
    assert refusal(address) or (address.is_global and not address.is_multicast)


@pytest.mark.parametrize(
    "host",
    words("""
    localhost LOCALHOST localhost. db.localhost localhost.localdomain printer.local metadata.google.internal router.lan
    nas.home.arpa intranet news
    2130706433 0x7f000001 0x7f.1 127.1 127.0.1 017700000001
     0177.0.0.1 127.0.0.01 1.2.3.4.5 news.example.0x1 8.8 134744072
    a_b..example .example -a.example a%2eexample a%00.example exa+mple.org xn--80ak6aa92e.1
    """),
)
def test_names_and_numbers_that_hide_an_address_are_refused(host):
    with pytest.raises(AddressError):
        target(f"http://{host}/", private=False)


@pytest.mark.parametrize(
    "host", ["１２７.０.０.１", "①②⑦.⓪.⓪.①", "localhost\u3002", "loc\u00adalhost", "a" * 64 + ".example"]
)
def test_names_in_other_scripts_hide_nothing(host):
    with pytest.raises(AddressError):
        target(f"http://{host}/", private=False)


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example", "/a", "//news.example/a", "http:", "http://", "http:///a", "https://:80/",
        "ftp://news.example/",         "file:///etc/passwd", "javascript:alert(1)", "gopher://news.example:70/", "http://news.example:0/",
        "http://news.example:70000/", "http://news.example:port/", "http://[::1/", "http://[news]/", 
        "http://a b.example/", "http://news.example/\n", "http://news.example/\0", "http://news.example\\@evil.example/", 
        "http://\ud800.example/",
        "http://news.example/" + "a" * 9_000, "http://" + "a." * 300 + "example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url):
    if url.endswith("\n"):
        assert str(target(url, private=False)) == "http://news.example/"
        return
    with pytest.raises(AddressError):
        target(url, private=False)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    for url in (
        "http://user:secret@news.example/",
        "http://user@news.example/",
        "http://good.example:80@evil.example/",
    ):
        with pytest.raises(AddressError) as error:
            target(url, private=True)
        assert "secret" not in str(error.value)
        assert "user" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "regular"),
    [
        (" HTTPS://News.Example:443/a?b=1#part ", "https://news.example/a?b=1"),
        ("http://news.example", "http://news.example"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("http://أخبار.example/خبر?س=1", "http://xn--igbicxr.example/%D8%AE%D8%A8%D8%B1?%D8%B3=1"),
        ("http://news.example./a", "http://news.example./a"),
        ("http://93.184.216.34:8000/a", "http://93.184.216.34:8000/a"),
    ],
)
def test_an_address_is_given_its_regular_form(url, regular):
    assert str(target(url, private=False)) == regular


def test_a_redirect_is_held_against_the_same_rules():
    base = target("http://news.example/a/b?c", private=False)
    assert str(joined(base, " ../d ", private=False)) == "http://news.example/d"
    assert str(joined(base, "//other.example/d#e", private=False)) == "http://other.example/d"
    for location in (
        "//169.254.169.254/",
        "http://localhost/",
        "ftp://news.example/",
        "http://[",
        "//u:p@news.example/",
    ):
        with pytest.raises(AddressError):
            joined(base, location, private=False)


@given(st.text(max_size=60), st.booleans())
def test_whatever_is_given_is_an_address_or_refused(url, private):
    for tried in (url, f"http://{url}", f"http://news.example/{url}"):
        try:
            found = target(tried, private=private)
        except AddressError:
            continue
        assert str(found).isascii()
        assert host_of(found)
