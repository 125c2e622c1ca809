"""Alembic migrations of our tables, with their own version table."""
