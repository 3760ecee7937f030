"""What search can bear, and how good it is."""
