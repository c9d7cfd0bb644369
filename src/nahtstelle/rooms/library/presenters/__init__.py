"""What templates of the library may see; a file for each of its subjects."""
