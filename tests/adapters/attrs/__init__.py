"""Our types in attrs and cattrs."""
