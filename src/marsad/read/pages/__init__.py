"""Web pages as articles: their main text, title, author, address and day."""
