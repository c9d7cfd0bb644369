"""Old addresses that lead to new ones: a list that staff keep."""
