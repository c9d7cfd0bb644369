"""Reading mail that came back: delivery reports after RFC 3464, and the many that follow no rule."""
