"""Coverage-guided fuzzing of everything that reads JSON. Run by hand: ``tox -e fuzz``."""
