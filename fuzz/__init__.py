"""Coverage-guided fuzzing of everything that decodes JSON. Run it by hand: ``tox -e fuzz``."""
