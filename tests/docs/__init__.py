"""The pages for readers: every snippet and every command does what the page says."""
