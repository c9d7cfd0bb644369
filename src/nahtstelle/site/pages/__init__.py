"""The public face that belongs to no single room: the start page and what is said about the centre."""
