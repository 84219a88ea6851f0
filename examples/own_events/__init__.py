"""Types for events of other servers, as a union with ours: see the guide *Your own events*.

The modules are generated from ``schema/`` by::

    python -m codegen --extend realtime_models \\
        --schema examples/own_events/schema --out examples/own_events
"""
