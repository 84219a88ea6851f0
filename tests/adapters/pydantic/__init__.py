"""Our types at home in pydantic and FastAPI."""
