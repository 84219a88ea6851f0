"""Settings that all tests share."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec

from hypothesis import HealthCheck, settings

# These have environments of their own: `tox -e conformance,conversation,conversation-beta,bulk`.
collect_ignore = [] if find_spec("openai") else ["sdk"]
if not (find_spec("openai") and find_spec("websockets")):
    collect_ignore.append("conversation")
if not (find_spec("openai") and version("openai").startswith("1.")):
    collect_ignore.append("beta_client")
if not find_spec("distributed"):
    collect_ignore.append("bulk")
# The peers of the benchmarks: `tox -e bench-smoke`.
PEERS = ("mashumaro", "msgspec", "openai", "orjson", "pydantic")
if not all(map(find_spec, PEERS)):
    collect_ignore += ["benchmarks/test_peers.py", "benchmarks/test_command.py"]
# And these: `tox -e docs,package`.
collect_ignore += [] if find_spec("mkdocs") else ["site"]
collect_ignore += [] if find_spec("twine") else ["package/test_distribution.py"]
# And these: `tox -e attrs-lowest,attrs-newest`.
if not (find_spec("cattrs") and find_spec("realtime_models_attrs")):
    collect_ignore.append("adapters/attrs")
# And these: `tox -e pydantic-lowest,pydantic-newest`.
FASTAPI = ("fastapi", "httpx", "uvicorn", "realtime_models_pydantic")
if not all(map(find_spec, FASTAPI)):
    collect_ignore.append("adapters/pydantic")
# And these: `tox -e vendor-tool,vendor-types`.
collect_ignore += [] if find_spec("vendoring") else ["vendoring/test_tool.py"]
collect_ignore += [] if find_spec("pyright") else ["vendoring/test_checkers.py"]
collect_ignore += [] if find_spec("isort") else ["vendoring/test_formatters.py"]

# Deadlines test the machine, not the code. A suite that passed passes again: only "long" looks for
# what is new.
settings.register_profile(
    "tests",
    deadline=None,
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("few", settings.get_profile("tests"), max_examples=4)
settings.register_profile("one", settings.get_profile("tests"), max_examples=1)
settings.register_profile(
    "long", settings.get_profile("tests"), max_examples=2000, derandomize=False
)
settings.load_profile("tests")
