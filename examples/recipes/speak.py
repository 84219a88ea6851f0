"""Stream a WAV file (24 kHz, mono, 16 bit) as a microphone would, and save the spoken answer."""

import os
import sys
import wave
from base64 import b64decode, b64encode

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

# The file ends the question: null, not absent, turns voice detection off.
heard = rm.RealtimeSessionCreateRequestGAAudioInput(turn_detection=None)
audio = rm.RealtimeSessionCreateRequestGAAudio(input=heard)
settings = rm.RealtimeSessionCreateRequestGA(audio=audio)

with connect(URL, additional_headers=HEADERS, max_size=2**24) as connection:
    connection.send(rm.RealtimeClientEventSessionUpdate(session=settings).to_json())
    with wave.open(sys.argv[1]) as question:
        while chunk := question.readframes(2400):  # a tenth of a second
            sound = b64encode(chunk).decode()
            connection.send(rm.RealtimeClientEventInputAudioBufferAppend(audio=sound).to_json())
    connection.send(rm.RealtimeClientEventInputAudioBufferCommit().to_json())
    connection.send(rm.RealtimeClientEventResponseCreate().to_json())
    with wave.open(sys.argv[2], "wb") as answer:
        answer.setparams((1, 2, 24_000, 0, "NONE", "not compressed"))
        for text in connection:
            event = rm.realtime_server_event_from_json(text)
            if event.type == "response.output_audio.delta":
                answer.writeframes(b64decode(event.delta))
            elif event.type == "response.output_audio_transcript.done":
                print(event.transcript)
            elif event.type == "response.done":
                break
