"""Literature as databases hand it out: records read and written, linked to works, ranked for screening."""
