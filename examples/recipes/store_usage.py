"""Store what each response of a log cost in SQLite, where an absent field is NULL."""

import sqlite3
import sys

import realtime_models as rm

COLUMNS = "id primary key, status text, input integer, cached integer, output integer"

with sqlite3.connect(sys.argv[2]) as base, open(sys.argv[1], encoding="utf-8") as log:
    base.execute(f"create table if not exists usage ({COLUMNS})")
    for line in log:
        event = rm.realtime_event_from_json(line, invalid="keep")
        if not event.problems and event.type == "response.done" and event.response.usage:
            usage = event.response.usage
            details = usage.input_token_details
            cached = details.cached_tokens if details else None
            row = (event.response.id, event.response.status, usage.input_tokens, cached)
            # SQLite knows None, but not UNSET, which an absent field is.
            values = [rm.or_none(value) for value in (*row, usage.output_tokens)]
            base.execute("insert or replace into usage values (?, ?, ?, ?, ?)", values)
    for stored in base.execute("select * from usage order by id"):
        print(*stored)
base.close()
