"""What the site can bear, measured on a library of real size."""
