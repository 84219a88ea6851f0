"""Programs that try many inputs."""
