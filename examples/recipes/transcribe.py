"""Write down what is said in a WAV file (24 kHz, mono, 16 bit), in a transcription session."""

import os
import sys
import wave
from base64 import b64encode

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?intent=transcription")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

model = rm.AudioTranscription(model="gpt-4o-transcribe", language="de")
heard = rm.RealtimeSessionCreateRequestGAAudioInput(transcription=model, turn_detection=None)
audio = rm.RealtimeTranscriptionSessionCreateRequestGAAudio(input=heard)
settings = rm.RealtimeTranscriptionSessionCreateRequestGA(audio=audio)

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(rm.RealtimeClientEventSessionUpdate(session=settings).to_json())
    with wave.open(sys.argv[1]) as speech:
        while chunk := speech.readframes(2400):  # a tenth of a second
            sound = b64encode(chunk).decode()
            connection.send(rm.RealtimeClientEventInputAudioBufferAppend(audio=sound).to_json())
    connection.send(rm.RealtimeClientEventInputAudioBufferCommit().to_json())
    for text in connection:
        event = rm.realtime_server_event_from_json(text)
        if event.type == "conversation.item.input_audio_transcription.delta":
            print(event.delta or "", end="|", flush=True)
        elif event.type == "conversation.item.input_audio_transcription.completed":
            print("\n", event.transcript, sep="")
            break
        elif event.type == "conversation.item.input_audio_transcription.failed":
            raise SystemExit(event.error.message)
