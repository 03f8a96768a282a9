"""A disk that fills up in the middle: what was acknowledged is kept, and with room again the same call goes on."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import world

from marsad.desk import Desk
from marsad.desk.intake import adding
from marsad.errors import StoreError
from marsad.identity import article_id
from marsad.store import health
from marsad.types import Article

NOW = datetime(2026, 3, 5, tzinfo=UTC)
ARTICLES = [
    Article(id=article_id(text, url), text=text, url=url)
    for n in range(1_500)
    for url, text in [(f"https://paper.example/{n}", f"زارت روسيا العراق {n}. " + f"كلمات كثيرة {n} " * 60)]
]


@pytest.fixture
def disk(tmp_path):
    """A disk of 2 MB of its own. Only root may make one."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(tmp_path)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def _larger(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a disk")
def test_what_was_acknowledged_before_the_disk_was_full_is_kept_and_the_rest_follows(disk, monkeypatch):
    monkeypatch.setattr(adding, "BATCH", 50)
    kept: list[int] = []
    address = str(disk / "news.db")
    with Desk(address, coder=world.Coder(), now=lambda: NOW) as desk:
        with pytest.raises(StoreError, match="the disk is full"):
            adding.add(desk.store, ARTICLES, desk.now, lambda added: kept.append(sum(added.kept.values())))
        assert 0 < kept[-1] < len(ARTICLES)
    with Desk(address, coder=world.Coder(), now=lambda: NOW) as desk:
        with desk.store.reading() as db:
            assert db.exec_driver_sql("SELECT count(*) FROM article").scalar() == kept[-1]
        assert health.check(desk.store) == []
        _larger(disk)
        adding.add(desk.store, ARTICLES, desk.now)
        desk.code()
        with desk.store.reading() as db:
            assert db.exec_driver_sql("SELECT count(*), count(DISTINCT id) FROM article").one() == (1_500, 1_500)
            assert db.exec_driver_sql("SELECT count(DISTINCT article) FROM event WHERE state = 0").scalar() == 1_500
        assert health.check(desk.store) == []


def test_coding_on_a_full_disk_stops_with_the_articles_still_waiting(disk, monkeypatch):
    with Desk(str(disk / "news.db"), coder=world.Coder(), now=lambda: NOW) as desk:
        adding.add(desk.store, ARTICLES[:200], desk.now)
        (disk / "ballast").write_bytes(b"x" * 100)
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "ballast").write_bytes(b"x" * max(0, free - 60_000))
        with pytest.raises(StoreError, match="the disk is full"):
            desk.code()
        (disk / "ballast").unlink()
        _larger(disk)
        desk.code()
        with desk.store.reading() as db:
            assert db.exec_driver_sql("SELECT count(*) FROM work").scalar() == 0
            assert db.exec_driver_sql("SELECT count(*), count(DISTINCT id) FROM event").one() == (200, 200)
        assert health.check(desk.store) == []
