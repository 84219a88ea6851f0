"""The generator: what it makes of schemas, and how it says what is wrong with them."""
