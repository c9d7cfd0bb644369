"""What templates of the library may see."""
