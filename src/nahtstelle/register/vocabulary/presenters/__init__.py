"""What a template may see of the vocabulary."""
