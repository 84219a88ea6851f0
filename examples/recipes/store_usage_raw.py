"""The same with raw dicts."""

import json
import sqlite3
import sys

COLUMNS = "id primary key, status text, input integer, cached integer, output integer"

with sqlite3.connect(sys.argv[2]) as base, open(sys.argv[1], encoding="utf-8") as log:
    base.execute(f"create table if not exists usage ({COLUMNS})")
    for line in log:
        event = json.loads(line)
        if event["type"] == "response.done" and event["response"].get("usage") is not None:
            response = event["response"]
            usage = response["usage"]
            details = usage.get("input_token_details") or {}
            row = [response.get("id"), response.get("status"), usage.get("input_tokens")]
            row += [details.get("cached_tokens"), usage.get("output_tokens")]
            base.execute("insert or replace into usage values (?, ?, ?, ?, ?)", row)
    for stored in base.execute("select * from usage order by id"):
        print(*stored)
base.close()
