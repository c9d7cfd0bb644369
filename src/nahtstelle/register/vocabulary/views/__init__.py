"""Pages of the vocabulary: for everybody to read, for those who keep it to change."""
