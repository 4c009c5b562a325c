"""All accepted declarations of an organisation for one year, read together."""
