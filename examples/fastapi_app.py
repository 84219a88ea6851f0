"""Mint sessions of the Realtime API over HTTP; `/docs` and `/openapi.json` know every type.

uvicorn --app-dir examples fastapi_app:app
"""

from time import time
from typing import Annotated
from uuid import uuid4

from fastapi import FastAPI
from pydantic import BaseModel

from realtime_models import (
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    Unknown,
)
from realtime_models_pydantic import Wire

app = FastAPI(title="A mint of sessions")


@app.post("/v1/realtime/sessions")
def mint(
    session: Annotated[RealtimeSessionCreateRequestGA, Wire],
) -> Annotated[RealtimeSessionCreateResponseGA, Wire]:
    """Return the session that was asked for: absent fields stay absent, and newer ones are kept."""
    added = {"id": f"sess_{uuid4().hex}", "object": "realtime.session"}
    lasts = {"expires_at": int(time()) + 600}
    return RealtimeSessionCreateResponseGA.from_dict({**session.to_dict(), **added, **lasts})


class Recording(BaseModel):
    """A model of your own that holds types and unions of the API."""

    caller: str
    events: list[Annotated[RealtimeServerEvent, Wire]]


class Summary(BaseModel):
    """The result for a recording, with its last event unchanged, if there is one."""

    errors: list[str]
    newer: int
    last: Annotated[RealtimeServerEvent, Wire] | None


@app.post("/recordings")
def summarise(recording: Recording) -> Summary:
    """Report what went wrong, and how many events are newer than this library."""
    events = recording.events
    return Summary(
        errors=[e.error.message for e in events if isinstance(e, RealtimeServerEventError)],
        newer=sum(isinstance(event, Unknown) for event in events),
        last=events[-1] if events else None,
    )
