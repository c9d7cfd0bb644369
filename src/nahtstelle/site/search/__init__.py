"""Search over everything a person may see: one index, fed by the rooms, with rights enforced inside it."""
