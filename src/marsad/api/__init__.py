"""Everything that the desk gives, over HTTP."""
