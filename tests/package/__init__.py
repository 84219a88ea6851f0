"""Tests of what is released: ``tox -e package`` runs them."""
