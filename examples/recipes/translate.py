"""Translate what is said in a WAV file (24 kHz, mono, 16 bit) into spoken and written French."""

import os
import sys
import wave
from base64 import b64decode, b64encode

from websockets.sync.client import connect

import realtime_models as rm

URL = "wss://api.openai.com/v1/realtime/translations?model=gpt-realtime-translate"
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

output = rm.RealtimeTranslationSessionAudioOutput(language="fr")
audio = rm.RealtimeTranslationSessionCreateRequestAudio(output=output)
settings = rm.RealtimeTranslationSessionUpdateRequest(audio=audio)

with connect(os.environ.get("REALTIME_URL", URL), additional_headers=HEADERS) as connection:
    connection.send(rm.RealtimeTranslationClientEventSessionUpdate(session=settings).to_json())
    with wave.open(sys.argv[1]) as speech:
        while chunk := speech.readframes(4800):  # 200 milliseconds, the length of a frame
            sound = b64encode(chunk).decode()
            append = rm.RealtimeTranslationClientEventInputAudioBufferAppend(audio=sound)
            connection.send(append.to_json())
    connection.send(rm.RealtimeTranslationClientEventSessionClose().to_json())
    with wave.open(sys.argv[2], "wb") as translated:
        translated.setparams((1, 2, 24_000, 0, "NONE", "not compressed"))
        for text in connection:
            event = rm.realtime_translation_server_event_from_json(text)
            if event.type == "session.output_audio.delta":
                translated.writeframes(b64decode(event.delta))
            elif event.type == "session.output_transcript.delta":
                print(event.delta, flush=True)
            elif event.type == "session.closed":
                break
