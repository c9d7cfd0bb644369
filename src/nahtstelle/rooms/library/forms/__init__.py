"""What comes in through pages of the library."""
