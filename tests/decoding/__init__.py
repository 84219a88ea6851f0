"""From JSON to values: what is accepted, what is refused and how, and what is kept."""
