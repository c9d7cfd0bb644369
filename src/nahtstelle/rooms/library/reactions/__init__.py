"""What the library does when something happened."""
