"""How dates are written, where Django would write them otherwise."""
