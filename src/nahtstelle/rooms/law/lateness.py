"""How near to its day an amendment shows in the official text."""

from datetime import timedelta

# The official text shows a change from some days before the day it takes effect until two weeks after (law archive
# 2021 to 2025: four days before to 14 after, in 15 of 15 announced cases).
EARLY, TARDY = timedelta(days=7), timedelta(days=14)
