import os
import stat
from pathlib import Path

import pytest

from marsad.cli import output
from marsad.errors import MarsadError


def failing():
    yield "first"
    raise KeyboardInterrupt


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path):
    file = tmp_path / "page.html"
    output.write(str(file), iter(["one ", "two"]))
    assert file.read_text() == "one two"
    file.chmod(0o600)
    output.write(str(file), ["three"])
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("three", 0o600)
    assert os.listdir(tmp_path) == ["page.html"]  # noqa: PTH208 (hidden ones too)


def test_the_old_file_stays_until_all_is_there(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        output.write(str(file), failing())
    assert file.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.html").write_text("old")
    link = tmp_path / "link.html"
    link.symlink_to("real.html")
    output.write(str(link), ["new"])
    assert link.is_symlink() and (tmp_path / "real.html").read_text() == "new"


@pytest.mark.parametrize("name", ["missing/page.html", "folder"])
def test_what_cannot_be_written_is_told_before_the_work_and_after_it(tmp_path, name):
    (tmp_path / "folder").mkdir()
    path = str(tmp_path / name)
    for attempt in (lambda: output.check(path), lambda: output.write(path, ["x"])):
        with pytest.raises(MarsadError, match="cannot be written") as caught:
            attempt()
        assert caught.value.where == path
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
def test_a_device_is_written_to_and_not_replaced():
    output.check("/dev/full")
    with pytest.raises(MarsadError, match="/dev/full: cannot be written"):
        output.write("/dev/full", ["x"])
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_checking_leaves_what_is_there(tmp_path):
    file = tmp_path / "page.html"
    output.check(str(file))
    assert not file.exists()
    file.write_text("old")
    output.check(str(file))
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("page.html", "old")]


def test_an_output_among_the_inputs_is_seen_whatever_its_name(tmp_path):
    file = tmp_path / "page.html"
    assert output.outputs(str(file)) == output.outputs(None)
    file.write_text("old")
    (tmp_path / "other.html").symlink_to(file)
    written = output.outputs(str(tmp_path / "other.html"))
    assert output.among(["-", str(tmp_path / "none"), str(file)], written) == str(file)
    assert output.among(["-"], written) is None
