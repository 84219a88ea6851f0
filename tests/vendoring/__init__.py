"""Tests of copies: what is in them, how they are made, and the rules that let them be made."""
