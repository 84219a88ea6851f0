"""Add up the tokens of a log of a session, a message a line, and say what they cost."""

import sys

import realtime_models as rm

# Dollars for a million tokens: read, read from the cache, and written. See the price list.
PRICES = {"text": (4.0, 0.4, 16.0), "audio": (32.0, 0.4, 64.0)}

conversation = rm.Conversation()
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        conversation.receive(rm.realtime_event_from_json(line, invalid="keep"))

usage = conversation.usage
read = usage.input_token_details or rm.RealtimeResponseUsageInputTokenDetails()
cached = (
    read.cached_tokens_details or rm.RealtimeResponseUsageInputTokenDetailsCachedTokensDetails()
)
written = usage.output_token_details or rm.RealtimeBetaResponseUsageOutputTokenDetails()
counts = {
    "text": (read.text_tokens, cached.text_tokens, written.text_tokens),
    "audio": (read.audio_tokens, cached.audio_tokens, written.audio_tokens),
}
total = 0.0
for kind, found in counts.items():
    heard, known, said = [rm.value_or(count, 0) for count in found]
    fresh, again, out = PRICES[kind]
    total += ((heard - known) * fresh + known * again + said * out) / 1_000_000
    print(f"{kind}: {heard} read, {known} of them from the cache, {said} written")
print(f"${total:.6f}")
