"""The trained model: the only importer of onnxruntime. Text of a sentence in, mentions, triggers and links out."""

from marsad.model.interpret import Found
from marsad.model.load import Model, load

__all__ = ["Found", "Model", "load"]
