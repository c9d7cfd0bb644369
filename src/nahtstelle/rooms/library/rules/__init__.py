"""What is allowed in the library."""
