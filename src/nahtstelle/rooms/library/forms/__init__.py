"""The shape of what people enter in the library; a file for each of its subjects."""
