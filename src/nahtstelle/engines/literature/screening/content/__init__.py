"""Lists of words the screening brings along."""
