"""What a template may see of programmes."""
