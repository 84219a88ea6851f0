"""The generator: what it generates from schemas, and the errors that it reports in them."""
