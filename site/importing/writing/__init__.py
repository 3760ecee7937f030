"""Write plans to the database in short transactions."""
