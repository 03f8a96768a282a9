"""What is asked of two or three parties: series, rungs, changes, the brief, and what pages show of them."""
