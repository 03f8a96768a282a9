"""A file of messages: each once, whole, whatever a kill has left; and only a file."""

import io
import json
import os
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.alert import channels
from marsad.alert.channels import Means, file
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError
from marsad.settings import Settings

posix = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")


def letter(key, text="زار الوزير بغداد."):
    return Letter(subject="s", text=text, html="", record={"key": key, "text": text}, lang="ar")


def means(folder, **given):
    return Means(settings=Settings(), now=lambda: datetime(2026, 3, 1, tzinfo=UTC), folder=folder, **given)


def send(folder, key, to="alerts.jsonl", text="زار الوزير بغداد."):
    channels.send(f"file:{to}", key, letter(key, text), means(folder))


def keys(folder, name="alerts.jsonl"):
    return [json.loads(line)["key"] for line in (folder / name).read_bytes().splitlines()]


def test_each_message_is_a_line_in_the_order_in_which_they_are_sent(tmp_path):
    for key in ("a", "b", "c"):
        send(tmp_path, key)
    assert keys(tmp_path) == ["a", "b", "c"]
    assert "بغداد".encode() in (tmp_path / "alerts.jsonl").read_bytes()


def test_what_is_there_is_not_written_again(tmp_path):
    for key in ("a", "b", "b", "a", "c", "b"):
        send(tmp_path, key)
    assert keys(tmp_path) == ["a", "b", "c"]


@pytest.mark.parametrize("cut", [1, 5, 9, 20, -2, -1])
def test_half_a_line_is_mended(tmp_path, cut):
    send(tmp_path, "a")
    whole = (tmp_path / "alerts.jsonl").read_bytes()
    (tmp_path / "alerts.jsonl").write_bytes(whole + whole.replace(b'"a"', b'"b"')[:cut])
    send(tmp_path, "b")
    send(tmp_path, "c")
    assert keys(tmp_path) == ["a", "b", "c"]


def test_somebody_elses_last_line_stays(tmp_path):
    (tmp_path / "alerts.jsonl").write_bytes(b'{"mine": 1}')
    send(tmp_path, "a")
    assert (tmp_path / "alerts.jsonl").read_bytes().splitlines()[0] == b'{"mine": 1}'
    assert json.loads((tmp_path / "alerts.jsonl").read_bytes().splitlines()[1])["key"] == "a"


def test_a_long_line_is_found_and_mended_too(tmp_path, monkeypatch):
    monkeypatch.setattr(file, "LOOKED", 64)
    send(tmp_path, "a")
    send(tmp_path, "b", text="س" * 5_000)
    send(tmp_path, "b", text="س" * 5_000)
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(path.read_bytes() + letter("c", "ع" * 5_000).body[:-5])
    send(tmp_path, "c")
    assert keys(tmp_path) == ["a", "b", "c"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from("abc"), max_size=8), st.integers(0, 400))
def test_cut_anywhere_and_sent_again_each_message_is_there_once(tmp_path_factory, order, cut):
    folder = tmp_path_factory.mktemp("files")
    for key in order:
        send(folder, key)
    path = folder / "alerts.jsonl"
    if order:
        path.write_bytes(path.read_bytes()[:cut])
    for key in order:
        send(folder, key)
    if order:
        assert sorted(keys(folder)) == sorted(set(order))


def test_a_full_disk_leaves_nothing_half(tmp_path, monkeypatch):
    send(tmp_path, "a")
    real = os.write

    def full(number, data):
        real(number, data[:7])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file.os, "write", full)
    with pytest.raises(DeliveryError, match="No space left") as caught:
        send(tmp_path, "b")
    assert caught.value.again
    monkeypatch.undo()
    assert keys(tmp_path) == ["a"]
    send(tmp_path, "b")
    assert keys(tmp_path) == ["a", "b"]


@pytest.mark.parametrize(
    "to",
    ["", "alerts", "alerts.txt", "/etc/passwd", "/dev/null", "../alerts.jsonl", "a/../../alerts.jsonl", ".jsonl",
     "a/.jsonl", "~/alerts.jsonl", "alerts.jsonl/", "a.jsonl\0", "a.jsonl\n"],
)  # fmt: skip
def test_names_that_are_none_of_such_a_file_are_refused_for_good(tmp_path, to):
    with pytest.raises(DeliveryError) as caught:
        send(tmp_path, "a", to)
    assert not caught.value.again
    with pytest.raises(DeliveryError):
        channels.check(f"file:{to}", Settings())
    assert list(tmp_path.iterdir()) == []


@posix
def test_links_devices_and_pipes_are_not_written_to(tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (inside / "link.jsonl").symlink_to(outside / "target.jsonl")
    (inside / "folder").symlink_to(outside)
    os.mkfifo(inside / "pipe.jsonl")
    (inside / "null.jsonl").symlink_to("/dev/null")
    (inside / "dir.jsonl").mkdir()
    for name in ("link.jsonl", "folder/a.jsonl", "pipe.jsonl", "null.jsonl", "dir.jsonl"):
        with pytest.raises(DeliveryError):
            send(inside, "a", name)
    assert list(outside.iterdir()) == []


def test_a_folder_that_is_not_there_is_tried_again(tmp_path):
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        send(tmp_path, "a", "new/alerts.jsonl")
    assert caught.value.again


def test_a_whole_path_is_taken_as_it_is(tmp_path):
    send(tmp_path / "elsewhere", "a", str(tmp_path / "alerts.jsonl"))
    assert keys(tmp_path) == ["a"]


def test_standard_output_has_no_memory():
    out = io.BytesIO()
    for key in ("a", "b", "a"):
        channels.send("stdout", key, letter(key), means(None, out=lambda: out))
    assert [json.loads(line)["key"] for line in out.getvalue().splitlines()] == ["a", "b", "a"]
    out.close()
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        channels.send("stdout", "a", letter("a"), means(None, out=lambda: out))
    assert caught.value.again


@pytest.mark.parametrize("channel", ["", "pigeon:a", "stdout:x", "webhook", "file", "mail", "x" * 3_000, "mail:a@b\n"])
def test_what_is_no_channel_is_told_when_the_watch_is_made(channel):
    from marsad.errors import MarsadError

    with pytest.raises(MarsadError):
        channels.check(channel, Settings(smtp="smtp://localhost", sender="a@b.example"))
