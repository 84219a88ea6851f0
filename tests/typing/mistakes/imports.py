"""Names that there are not."""

import realtime_models
from realtime_models import RealtimeServerEventErorr  # error: import
from realtime_models import Base  # error: import
from realtime_models import realtime_server_event_from_text  # error: import

realtime_models.RealtimeSesion  # error: attribute
__all__ = ["Base", "RealtimeServerEventErorr", "realtime_server_event_from_text"]

# error: attribute, not pyrefly: it lets the classes of a union be asked for anything
realtime_models.RealtimeServerEvent.from_dict
