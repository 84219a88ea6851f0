"""The same with raw dicts."""

import json
import sys

# Dollars for a million tokens: read, read from the cache, and written. See the price list.
PRICES = {"text": (4.0, 0.4, 16.0), "audio": (32.0, 0.4, 64.0)}

counts = {"text": [0, 0, 0], "audio": [0, 0, 0]}
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        event = json.loads(line)
        if event["type"] == "response.done":
            usage = event["response"].get("usage") or {}
            read = usage.get("input_token_details") or {}
            cached = read.get("cached_tokens_details") or {}
            written = usage.get("output_token_details") or {}
            for kind, count in counts.items():
                count[0] += read.get(f"{kind}_tokens") or 0
                count[1] += cached.get(f"{kind}_tokens") or 0
                count[2] += written.get(f"{kind}_tokens") or 0

total = 0.0
for kind, (heard, known, said) in counts.items():
    fresh, again, out = PRICES[kind]
    total += ((heard - known) * fresh + known * again + said * out) / 1_000_000
    print(f"{kind}: {heard} read, {known} of them from the cache, {said} written")
print(f"${total:.6f}")
