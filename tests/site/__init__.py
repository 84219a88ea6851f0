"""Tests of the built documentation: ``tox -e docs`` builds it and runs them."""
