"""``python -m tests.encoders`` prints what encoders make of all valid messages."""

from __future__ import annotations

from tests.encoders.test_encoders import bare, hooked, outcomes

for name, encoders in (("as it is", bare), ("as in the guide", hooked)):
    for encoder, encode in encoders().items():
        found = outcomes(encode)
        counts = ", ".join(f"{found[kind]} {kind}" for kind in ("right", "fails", "wrong"))
        print(f"{encoder} ({name}): {counts}")
