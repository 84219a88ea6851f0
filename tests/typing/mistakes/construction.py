"""What a caller must not build: wrong values, missing and misspelled fields, wrong shapes."""

from realtime_models import (
    AudioTranscription,
    ClientSecretExpiration,
    MCPTool,
    RealtimeAudioFormatsPCM,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventConversationItemTruncate,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageUser,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeFunctionTool,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioInput,
    RealtimeSessionCreateResponseGA,
    RealtimeTurnDetectionSemanticVad,
    RealtimeTurnDetectionServerVad,
    Unknown,
)

Session = RealtimeSessionCreateRequestGA
Input = RealtimeSessionCreateRequestGAAudioInput

# A value that is none of those that the API lists.
Session(truncation="auto")
Session(truncation="sometimes")  # error: argument
Session(tool_choice="always")  # error: argument
Session(tracing="on")  # error: argument
Session(max_output_tokens="infinite")  # error: argument
Session(type="transcription")  # error: argument
RealtimeTurnDetectionSemanticVad(eagerness="urgent")  # error: argument
RealtimeAudioFormatsPCM(rate=16000)  # error: argument
ClientSecretExpiration(anchor="now")  # error: argument
MCPTool(server_label="s", connector_id="connector_fax")  # error: argument
MCPTool(server_label="s", require_approval="sometimes")  # error: argument

# An item of a list that does not belong there.
Session(output_modalities=["text", "audio"])
Session(output_modalities=["text", "video"])  # error: argument
Session(include=["everything"])  # error: argument
Session(tools=["weather"])  # error: argument
Session(tools=[RealtimeFunctionTool(name="f"), {"type": "function"}])  # error: argument
MCPTool(server_label="s", allowed_callers=["anyone"])  # error: argument
MCPTool(server_label="s", allowed_tools="search")  # error: argument
MCPTool(server_label="s", allowed_tools={"search"})  # error: argument
MCPTool(server_label="s", allowed_tools=["search", 1])  # error: argument
RealtimeConversationItemMessageUser(content=["Hello"])  # error: argument

# One thing, or a word, where a list is wanted.
RealtimeConversationItemMessageUser(content="Hello")  # error: argument
Session(output_modalities="text")  # error: argument
Session(tools=RealtimeFunctionTool(name="f"))  # error: argument

# Another type.
RealtimeTurnDetectionServerVad(threshold=1)
RealtimeTurnDetectionServerVad(threshold="0.5")  # error: argument
RealtimeTurnDetectionServerVad(silence_duration_ms=0.5)  # error: argument
RealtimeFunctionTool(name=b"f")  # error: argument
RealtimeFunctionTool(parameters=["town"])  # error: argument
RealtimeConversationItemFunctionCallOutput(call_id="c", output={"rain": True})  # error: argument
Session(parallel_tool_calls="yes")  # error: argument
Session(audio={"output": {"voice": "cedar"}})  # error: argument
MCPTool(server_label="s", headers={"Retries": 3})  # error: argument
RealtimeClientEventSessionUpdate(session={"type": "realtime"})  # error: argument

# Null where null means nothing. Where it means something it is fine.
Input(turn_detection=None, noise_reduction=None)
Session(instructions=None)  # error: argument
Session(audio=None)  # error: argument
Session(tools=None)  # error: argument
Input(format=None)  # error: argument
RealtimeFunctionTool(name=None)  # error: argument
RealtimeTurnDetectionServerVad(threshold=None)  # error: argument
RealtimeClientEventSessionUpdate(event_id=None, session=Session())  # error: argument

# A field that is missing.
RealtimeConversationItemFunctionCallOutput(call_id="c")  # error: call
RealtimeClientEventConversationItemTruncate(item_id="i", content_index=0)  # error: call
RealtimeClientEventSessionUpdate()  # error: call
RealtimeServerEventError(event_id="e")  # error: call
RealtimeSessionCreateResponseGA()  # error: call
MCPTool()  # error: call

# A field that there is not: misspelled, of another API, or of another type.
Session(instruction="Be brief.")  # error: call
Session(modalities=["text"])  # error: call
Session(turn_detection=None)  # error: call
RealtimeSessionCreateRequestGAAudio(inputs=Input())  # error: call
RealtimeTurnDetectionSemanticVad(threshold=0.5)  # error: call
AudioTranscription(lang="de")  # error: call

# Names are never left out.
Session("realtime")  # error: call
RealtimeFunctionTool("function")  # error: call
Unknown()  # error: call

# The parts of another object, which is like it.
words = RealtimeConversationItemMessageUserContentInner(type="input_text", text="Hello")
RealtimeConversationItemMessageUser(content=words)  # error: argument
RealtimeClientEventConversationItemCreate(item=words)  # error: argument
RealtimeClientEventConversationItemCreate(item=Session())  # error: argument
Input(turn_detection=RealtimeFunctionTool(name="f"))  # error: argument
Input(format="pcm16")  # error: argument
