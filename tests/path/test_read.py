"""The whole way from a file to the output, in processes of their own, with the fake coder of tests/world.py."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
MARSAD = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import world; world.main()"
LINE = '{"id": "1", "text": "زارت روسيا العراق اليوم."}\n'


def start(*arguments: str, **options: object) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", MARSAD, *arguments], **options)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", MARSAD, *arguments], capture_output=True, timeout=180, **options)


def test_an_article_becomes_an_event_with_its_evidence():
    result = run("read", "--json", "-", input=LINE.encode())
    assert (result.returncode, result.stderr) == (0, b"")
    made = json.loads(result.stdout)
    (event,) = made["events"]
    parties = [made["mentions"][n]["country"] for n in (*event["actors"], *event["recipients"])]
    assert (event["type"], event["status"], parties) == ("CONSULT", "ACTUAL", ["RUS", "IRQ"])
    text = json.loads(LINE)["text"]
    assert [text[part["start"] : part["stop"]] for part in event["evidence"]] == ["زارت"]


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no SIGPIPE there")
@pytest.mark.parametrize("form", [["--json"], []])
def test_a_reader_that_leaves_ends_it_quietly(tmp_path, form):
    file = tmp_path / "many.jsonl"
    file.write_text(LINE * 20_000, encoding="utf-8")
    process = start("read", *form, str(file), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=180) == -signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
@pytest.mark.parametrize(
    "arguments", [["read", "-"], ["read", "--json", "-"], ["read", "-", "--html", "-"], ["explain", "DENIED"]]
)
def test_an_output_that_is_full_is_one_line(arguments):
    with Path("/dev/full").open("wb") as full:
        process = start(*arguments, stdin=subprocess.PIPE, stdout=full, stderr=subprocess.PIPE)
        _, errors = process.communicate(LINE.encode(), timeout=180)
    assert process.returncode == 1
    assert errors.startswith(b"marsad: standard output: cannot be written") and errors.count(b"\n") == 1


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no such signals there")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_is_one_line_and_130(tmp_path, processes):
    # A process of its own, with the model: the source gives one article and then waits.
    arguments = [sys.executable, "-m", "marsad", "read", "--json", "--processes", processes, "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(arguments, start_new_session=True, cwd=tmp_path, **pipes)
    process.stdin.write(LINE.encode())
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == "1"
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, errors = process.communicate(timeout=180)
    assert (process.returncode, errors) == (130, b"marsad: interrupted\n")


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no SIGPIPE there")
def test_a_reader_that_leaves_ends_two_processes_quietly(tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_text(LINE * 2_000, encoding="utf-8")
    arguments = [sys.executable, "-m", "marsad", "read", "--json", "--processes", "2", str(file)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=180) == -signal.SIGPIPE
    assert process.stderr.read() == b""  # until the last process that could write there has ended
    process.stderr.close()


def test_each_article_is_out_before_the_next_is_in():
    process = start("read", "--json", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for number in range(3):
        process.stdin.write(LINE.replace("1", str(number)).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == str(number)
    process.stdin.close()
    assert process.wait(timeout=180) == 0
    process.stdout.close()


def test_two_runs_give_the_same_bytes(tmp_path):
    article = TESTS / "data" / "khartoum.txt"
    outputs = []
    for seed in ("0", "1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        page = tmp_path / f"{seed}.html"
        lines = run("read", "--json", "--html", str(page), str(article), "-", input=LINE.encode(), env=env).stdout
        outputs.append((lines, page.read_bytes(), run("read", str(article), env=env).stdout))
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][0].count(b"\n") == 2


def test_a_terminal_without_arabic_shows_question_marks_and_no_trace():
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = run("read", "-", input=LINE.encode(), env=env)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"CONSULT" in result.stdout and b"?" in result.stdout


def test_standard_input_that_is_closed_is_empty():
    result = run("read", "--json", "-", stdin=subprocess.DEVNULL)
    assert result.returncode == 3
    assert json.loads(result.stdout)["error"]["code"] == "empty"


def test_memory_stays_flat_over_a_long_stream():
    script = TESTS.parent / "bench" / "memory.py"
    result = subprocess.run([sys.executable, str(script), "20MB"], capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()[:3]] == ["10%", "50%", "100%"]
