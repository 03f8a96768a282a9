"""Step: facts and law in, what the law comes to out, with its reasons. Pure: no store, no clock."""
