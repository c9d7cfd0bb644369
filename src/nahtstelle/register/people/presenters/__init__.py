"""What a template may see of persons."""
