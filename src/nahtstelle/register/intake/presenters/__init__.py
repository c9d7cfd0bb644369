"""What the pages of imports show."""
