"""Pages of programmes: structures are public, the people in them are not."""
