"""Values in collections, as keys, copied, compared: what immutable values are good for."""

import copy
import pickle
from collections import Counter
from dataclasses import replace
from typing import assert_type

from realtime_models import (
    CustomVoice,
    JsonValue,
    RealtimeAudioFormats,
    RealtimeAudioFormatsPCM,
    RealtimeAudioFormatsPCMA,
    RealtimeFunctionTool,
    RealtimeResponseCreateParamsToolsInner,
    RealtimeSessionCreateRequestGA,
    Unknown,
    VoiceIdsOrCustomVoice,
    realtime_audio_formats_from_dict,
    voice_ids_or_custom_voice_to_dict,
)


def rates(formats: list[RealtimeAudioFormats]) -> Counter[RealtimeAudioFormats]:
    return Counter(formats)


def with_tool(
    session: RealtimeSessionCreateRequestGA, tool: RealtimeResponseCreateParamsToolsInner
) -> RealtimeSessionCreateRequestGA:
    return replace(session, tools=(*(session.tools or ()), tool))


def voice_name(voice: VoiceIdsOrCustomVoice) -> str:
    if isinstance(voice, str):
        assert_type(voice, str)
        return voice
    if isinstance(voice, CustomVoice):
        return voice.id
    assert_type(voice, Unknown)
    return "?"


if __name__ == "__main__":
    pcm = RealtimeAudioFormatsPCM(type="audio/pcm", rate=24000)
    assert realtime_audio_formats_from_dict({"type": "audio/pcm", "rate": 24000}) == pcm
    assert rates([pcm, pcm, RealtimeAudioFormatsPCMA()])[pcm] == 2
    tool = RealtimeFunctionTool(name="f")
    session = with_tool(with_tool(RealtimeSessionCreateRequestGA(), tool), tool)
    assert session.tools == (tool, tool)
    assert_type(copy.deepcopy(session), RealtimeSessionCreateRequestGA)
    assert pickle.loads(pickle.dumps(session)) == session
    assert [voice_name(voice) for voice in ("cedar", CustomVoice(id="v"), Unknown({}))] == [
        "cedar",
        "v",
        "?",
    ]
    assert_type(voice_ids_or_custom_voice_to_dict("cedar"), JsonValue)
