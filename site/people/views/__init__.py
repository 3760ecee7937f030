"""Pages about people: one's own, others', organizations and working groups."""
