"""A match that forgets what is not in the API's list: Unknown, null, or absence."""

from typing import assert_never

from realtime_models import (
    UNSET,
    MCPToolFilter,
    RealtimeAudioFormats,
    RealtimeAudioFormatsPCM,
    RealtimeAudioFormatsPCMA,
    RealtimeAudioFormatsPCMU,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompletedUsage,
    RealtimeSessionCreateResponseGAAudioInput,
    RealtimeTruncation,
    RealtimeTruncationRetentionRatio,
    RealtimeTurnDetectionSemanticVad,
    RealtimeTurnDetectionServerVad,
    TranscriptTextUsageTokens,
    Unknown,
    UnsetType,
)


def without_unknown(format: RealtimeAudioFormats) -> str:
    match format:
        case RealtimeAudioFormatsPCM() | RealtimeAudioFormatsPCMU() | RealtimeAudioFormatsPCMA():
            return "audio"
        case _:
            assert_never(format)  # error: never


def without_a_member(
    usage: RealtimeServerEventConversationItemInputAudioTranscriptionCompletedUsage,
) -> str:
    match usage:
        case TranscriptTextUsageTokens() | Unknown():
            return "tokens"
        case _:
            assert_never(usage)  # error: never


def without_absence(input: RealtimeSessionCreateResponseGAAudioInput) -> str:
    detection = input.turn_detection
    match detection:
        case RealtimeTurnDetectionServerVad() | RealtimeTurnDetectionSemanticVad() | Unknown():
            return "on"
        case None:
            return "off"
        case _:
            assert_never(detection)  # error: never


def without_null(input: RealtimeSessionCreateResponseGAAudioInput) -> str:
    detection = input.turn_detection
    match detection:
        case RealtimeTurnDetectionServerVad() | RealtimeTurnDetectionSemanticVad() | Unknown():
            return "on"
        case UnsetType.UNSET:
            return "default"
        case _:
            assert_never(detection)  # error: never


def without_other_words(truncation: RealtimeTruncation) -> str:
    if isinstance(truncation, (RealtimeTruncationRetentionRatio, Unknown)):
        return "ratio"
    assert_never(truncation)  # error: never


def without_return(format: RealtimeAudioFormats) -> str:  # error: return
    # error: match, only pyright, basedpyright: they say so of the match, too
    match format:
        case RealtimeAudioFormatsPCM() | RealtimeAudioFormatsPCMU():
            return "audio"


def by_class(filter: MCPToolFilter | UnsetType | None) -> str:
    if isinstance(filter, MCPToolFilter):
        return "filter"
    if filter is UNSET:
        return "absent"
    assert_never(filter)  # error: never
