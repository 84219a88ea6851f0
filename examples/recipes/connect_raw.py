"""The same with raw dicts."""

import json
import os

from websockets.sync.client import connect

if azure := os.environ.get("AZURE_OPENAI_ENDPOINT"):  # https://NAME.openai.azure.com
    deployment = os.environ["AZURE_OPENAI_DEPLOYMENT"]
    url = f"{azure.replace('http', 'ws', 1)}/openai/v1/realtime?model={deployment}"
    headers = {"api-key": os.environ["AZURE_OPENAI_API_KEY"]}
else:
    url = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
    headers = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

with connect(url, additional_headers=headers, max_size=2**24) as connection:
    event = json.loads(connection.recv())
    if event["type"] == "session.created" and event["session"]["type"] == "realtime":
        print(event["session"]["model"], "listens")
