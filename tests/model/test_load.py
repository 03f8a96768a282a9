"""The shipped model: loaded by path, without a hub; missing and damaged files are told with the hash expected."""

import os
import shutil
import subprocess
import sys

import pytest

from marsad.errors import ModelError
from marsad.model.load import Model, folder, load, sums, verify
from marsad.types import Kind, Role, Span

SHIPPED = folder()


def linked(tmp_path):
    """A copy of the model's folder by links, to damage one file of."""
    for path in SHIPPED.iterdir():
        if path.is_file():
            os.link(path, tmp_path / path.name) if path.stat().st_dev == tmp_path.stat().st_dev else shutil.copy(
                path, tmp_path / path.name
            )
    return tmp_path


def test_every_file_has_the_hash_that_it_was_shipped_with():
    verify(SHIPPED)


def test_the_shipped_files_are_at_most_45_megabytes():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir() if path.is_file()) <= 45_000_000


@pytest.mark.parametrize("name", ["encoder.onnx", "table.q4", "pieces.txt.xz"])
def test_a_missing_file_is_named_with_its_hash(tmp_path, name):
    where = linked(tmp_path)
    (where / name).unlink()
    with pytest.raises(ModelError, match=sums(SHIPPED)[name]) as error:
        Model(where)
    assert name in str(error.value)


@pytest.mark.parametrize(
    "name", ["encoder.onnx", "pairs.onnx", "table.q4", "pieces.txt.xz", "stems.json.xz", "labels.json"]
)
def test_a_damaged_file_is_an_error(tmp_path, name):
    where = linked(tmp_path)
    data = (where / name).read_bytes()
    (where / name).unlink()
    (where / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match=name):
        Model(where)


def test_a_folder_without_a_model_says_so(tmp_path):
    with pytest.raises(ModelError, match="no model here"):
        load(str(tmp_path))


def test_a_visit_has_who_and_whom():
    text = "زار وزير الخارجية التركي هاكان فيدان بغداد يوم الأحد."
    found = load()(text)
    assert [t.type for t in found.triggers] == ["CONSULT"]
    roles = {k.role: found.mentions[k.mention].span.of(text) for k in found.links}
    assert "فيدان" in roles[Role.ACTOR]
    assert roles[Role.RECIPIENT] == "بغداد"


def test_a_range_of_a_text_is_read_as_that_range_alone():
    text = "ساد الهدوء. زار وزير الخارجية التركي بغداد."
    span = Span(12, len(text))
    alone, inside = load()(span.of(text)), load()(text, span)
    assert [t.span.shift(12) for t in alone.triggers] == [t.span for t in inside.triggers]
    assert [m.span.shift(12) for m in alone.mentions] == [m.span for m in inside.mentions]


def test_a_sentence_longer_than_a_window_is_read_whole():
    text = "زار الوزير العراقي أنقرة والتقى رئيس الوزراء التركي، " * 150 + "ثم زار الرئيس التركي بغداد."
    found = load()(text)
    assert any(m.span.start > len(text) - 30 for m in found.mentions if m.kind is not Kind.LAW)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "\u202e", "ـ" * 1000, "أ" * 200_000, "." * 3_000])
def test_odd_text_is_read_without_an_error(text):
    load()(text)


def test_nothing_of_a_hub_is_imported():
    code = "import sys, marsad; marsad.load()('زار الوزير بغداد.'); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"tokenizers", "huggingface_hub", "transformers", "torch", "httpx", "requests", "training"} & set(
        modules
    )
