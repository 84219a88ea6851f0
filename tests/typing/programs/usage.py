"""Add up what a conversation used, of responses and of transcripts."""

from dataclasses import dataclass
from typing import assert_never, assert_type

from realtime_models import (
    RealtimeResponseUsage,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompletedUsage,
    RealtimeServerEventResponseDone,
    TranscriptTextUsageDuration,
    TranscriptTextUsageTokens,
    Unknown,
    UnsetType,
    realtime_server_event_from_dict,
)


@dataclass
class Bill:
    tokens: int = 0
    cached: int = 0
    seconds: float = 0.0

    def add_response(self, usage: RealtimeResponseUsage) -> None:
        assert_type(usage.total_tokens, int | UnsetType | None)
        self.tokens += usage.total_tokens or 0
        details = usage.input_token_details
        if details and details.cached_tokens:
            # error: reveal, only ty: it knows that the value is not empty, which has no spelling
            assert_type(details.cached_tokens, int)
            self.cached += details.cached_tokens

    def add_transcript(
        self, usage: RealtimeServerEventConversationItemInputAudioTranscriptionCompletedUsage
    ) -> None:
        match usage:
            case TranscriptTextUsageTokens():
                self.tokens += usage.total_tokens
            case TranscriptTextUsageDuration(seconds=seconds):
                assert_type(seconds, float)
                self.seconds += seconds
            case Unknown():
                pass
            case _:
                assert_never(usage)

    def add(self, event: RealtimeServerEvent) -> None:
        match event:
            case RealtimeServerEventResponseDone(response=response):
                if response.usage:
                    self.add_response(response.usage)
            case RealtimeServerEventConversationItemInputAudioTranscriptionCompleted():
                if event.usage:
                    self.add_transcript(event.usage)
            case _:
                pass


if __name__ == "__main__":
    bill = Bill()
    usage = {"total_tokens": 5, "input_token_details": {"cached_tokens": 3}}
    done = {"type": "response.done", "event_id": "e", "response": {"usage": usage}}
    bill.add(realtime_server_event_from_dict(done))
    transcript = {
        "type": "conversation.item.input_audio_transcription.completed",
        "event_id": "e",
        "item_id": "i",
        "content_index": 0,
        "transcript": "Hello",
    }
    tokens = {"type": "tokens", "input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    for kind in (tokens, {"type": "duration", "seconds": 1.5}, {"type": "barter"}):
        bill.add(realtime_server_event_from_dict({**transcript, "usage": kind}))
    assert bill == Bill(tokens=7, cached=3, seconds=1.5)
