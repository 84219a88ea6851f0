"""Our types in pydantic and FastAPI."""
