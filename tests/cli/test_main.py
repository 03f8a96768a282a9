import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from marsad.cli import COMMANDS, cli
from marsad.errors import MarsadError, ModelError, tree

HEAVY = ["onnxruntime", "numpy", "yaml", "rich", "msgspec", "ahocorasick_rs", "multiprocessing", "hashlib", "ssl"]


def run(*arguments: str, **options: object):
    return CliRunner().invoke(cli, arguments, **options)


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def test_help_lists_every_command_with_its_line():
    result = run("--help")
    assert result.exit_code == 0
    for name, (_, summary) in COMMANDS.items():
        assert name in result.output and summary in result.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nsys.argv = ['marsad', '--help']\nfrom marsad.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('MODULES', *(name for name in sys.modules if '.' not in name or name.startswith('marsad.')))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split("MODULES", 1)[1].split())
    assert "click" in loaded
    assert not loaded & set(HEAVY)
    assert {name for name in loaded if name.startswith("marsad.")} == {"marsad.about", "marsad.cli", "marsad.errors"}


@pytest.mark.skipif(sys.platform == "win32", reason="no rusage there")
def test_help_takes_less_than_three_tenths_of_a_second():
    import resource

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    times = []
    for _ in range(3):
        before = spent()
        subprocess.run([sys.executable, "-m", "marsad", "--help"], stdout=subprocess.DEVNULL, check=True)
        times.append(spent() - before)
    assert min(times) < 0.3


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_with_an_example_and_the_line_of_the_table(name):
    one = command(name)
    assert one.name == name
    assert one.help is not None
    assert " ".join(one.help.split("\n\n")[0].split()) == COMMANDS[name][1]
    assert f"marsad {name}" in one.help
    assert all(isinstance(param, click.Argument) or param.help for param in one.params)
    assert run(name, "--help").exit_code == 0


def test_an_unknown_command_is_wrong_usage():
    assert run("raed").exit_code == 2


def test_version():
    from marsad import __version__

    assert run("--version").output.strip() == f"marsad, version {__version__}"


@pytest.mark.parametrize("error", tree())
def test_an_error_is_one_line_and_its_exit_code(error, monkeypatch):
    def fail(**_):
        raise error("it is broken", where="here", do="mend it")

    monkeypatch.setattr(command("settings"), "callback", fail)
    result = run("settings")
    assert result.exit_code == error.exit_code
    assert result.stderr == "marsad: here: it is broken. mend it\n"
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (KeyboardInterrupt(), 130, "marsad: interrupted\n"),
        (OSError(28, "No space left on device"), 1, "marsad: standard output: cannot be written (No space left on"),
        (PermissionError(13, "Permission denied", "x.toml"), 1, "marsad: x.toml: cannot be used (Permission denied)"),
    ],
)
def test_a_fault_of_the_system_and_ctrl_c_are_one_line(fault, status, says, monkeypatch):
    def fail(**_):
        raise fault

    monkeypatch.setattr(command("settings"), "callback", fail)
    result = run("settings")
    assert result.exit_code == status
    assert result.stderr.startswith(says) and result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--debug", "settings"], ["settings", "--debug"]])
def test_debug_shows_the_trace(arguments, monkeypatch):
    def fail(**_):
        raise ModelError("it is broken")

    monkeypatch.setattr(command("settings"), "callback", fail)
    result = run(*arguments)
    assert isinstance(result.exception, MarsadError)


def test_a_file_of_settings_can_be_named(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("threads = 3\n")
    assert f"threads          3         {file}" in run("--settings", str(file), "settings").output
    missing = run("--settings", str(tmp_path / "none.toml"), "settings")
    assert (missing.exit_code, "no such file" in missing.stderr) == (2, True)
