"""Tests of copies: what they contain, how they are made, and the rules that make them possible."""
