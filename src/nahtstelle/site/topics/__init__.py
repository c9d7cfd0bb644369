"""Topic pages: composed from texts, law and projects, one for each theme, target group, Land and programme."""
