"""The shape of input in the library."""
