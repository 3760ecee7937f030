"""Writing plans into the database, in short transactions."""
