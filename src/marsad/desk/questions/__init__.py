"""What is asked of articles, events, stories and actors, and how a question is read."""
