"""Pages of persons: for staff, for colleagues in a programme, and everybody's own."""
