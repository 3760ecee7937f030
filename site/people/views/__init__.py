"""Views of accounts, people, organizations, working groups and the CMS."""
