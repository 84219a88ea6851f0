"""What type checkers say of users' programs: ``python -m tests.typing mypy``, or another of them.

Programs are as users write them, and run, too. Mistakes are what a checker must report. Every
expectation stands at its line: a type in ``assert_type``, a mistake in a comment.
"""
