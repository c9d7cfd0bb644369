"""What the library does when a fact is brought to it; a file for each of its subjects."""
