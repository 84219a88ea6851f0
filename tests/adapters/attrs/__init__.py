"""Our types at home in attrs and cattrs."""
