"""What pages of the library show."""
