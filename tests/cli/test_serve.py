"""`marsad serve` as it is called: it prints its address, answers, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import desks
import httpx2
import pytest
from click.testing import CliRunner

from marsad.cli import cli, run
from marsad.cli import serve as serving
from marsad.desk import Desk
from marsad.desk.stop import Ended


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desks.made(tmp_path_factory.mktemp("serve") / "store.db")


@contextmanager
def served(store: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "marsad", "serve", "--store", str(store), "--port", "0", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=store.parent)
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://[^/]+/", line)
        assert found, (line, process.stderr.read() if process.stderr else "")
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_cleanly(store, number):
    with served(store, "--no-pages") as (process, address):
        assert httpx2.get(f"{address}healthz").json()["ok"]
        assert httpx2.get(f"{address}api/events").json()["items"]
        with httpx2.stream("GET", f"{address}api/stream") as answer:
            next(answer.iter_lines())
            process.send_signal(number)
            assert process.wait(30) == 0, "it ends, though somebody listens"
        assert process.stderr and "Traceback" not in process.stderr.read()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no such place there")
def test_a_reader_who_leaves_does_not_end_it_by_a_signal(store):
    with served(store, "--no-pages") as (process, _):
        status = Path(f"/proc/{process.pid}/status").read_text()
    ignored = int(re.search(r"^SigIgn:\s*(\w+)$", status, re.MULTILINE)[1], 16)
    assert ignored & 1 << signal.SIGPIPE - 1


def test_the_pages_stand_on_top(store):
    with served(store) as (_, address):
        page = httpx2.get(address)
        assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
        assert httpx2.get(f"{address}api/events").json()["items"]
        assert httpx2.get(address, headers={"host": "evil.example"}).status_code == 421


def test_with_run_it_works_beside_serving_and_ends(store):
    with served(store, "--no-pages", "--run", "--every", "1h") as (process, address):
        assert httpx2.get(f"{address}healthz").json()["ok"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_with_run_it_takes_over_when_another_that_followed_ends(store, monkeypatch, capsys):
    stop, went = Ended(), []

    def rounds(desk, plan, stopped):
        went.append(plan.every)
        stopped.ask()

    monkeypatch.setattr(run, "_rounds", rounds)
    monkeypatch.setattr(serving, "AGAIN", 0.05)
    with Desk(str(store)) as desk:
        with desk.store.alone("run"):
            thread = threading.Thread(target=serving._rounds, args=(desk, 60.0, stop))
            thread.start()
            thread.join(0.5)
            assert thread.is_alive() and not went
        thread.join(30)
    assert went == [60.0]
    assert capsys.readouterr().err.count("nothing is followed here") == 1


def test_beyond_this_machine_it_does_not_begin_without_a_key(store):
    result = CliRunner().invoke(cli, ["serve", "--store", str(store), "--host", "0.0.0.0", "--port", "0"])
    assert result.exit_code == 2 and "marsad key add" in result.output


def test_a_port_that_is_taken_is_told_with_what_to_do(store):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli, ["serve", "--store", str(store), "--port", port, "--no-pages"])
    assert result.exit_code == 2 and "taken" in result.output and "--port" in result.output


@pytest.mark.parametrize("words", [["--demo", "--store", "x.db"], ["--demo", "--run"], ["--port", "70000"]])
def test_wrong_usage(words):
    assert CliRunner().invoke(cli, ["serve", *words]).exit_code == 2
