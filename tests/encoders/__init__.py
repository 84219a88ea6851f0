"""What encoders that know dataclasses make of our values: `tox -e encoders`."""
