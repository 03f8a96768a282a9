"""First step. Files, folders and streams in, articles out; knows nothing of what is found in them."""

from marsad.read.files import FORMATS, Files, read

__all__ = ["FORMATS", "Files", "read"]
