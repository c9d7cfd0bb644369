"""What the pages of this room show: plain values in the reader's language."""
