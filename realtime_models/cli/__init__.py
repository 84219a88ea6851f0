"""The commands of ``python -m``, which vendored copies leave out."""
