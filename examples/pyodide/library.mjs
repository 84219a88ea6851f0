// The library in Pyodide, the CPython of browsers and of Node: one zip file on Python's path.

const PYTHON = `
import sys
sys.path.insert(0, "/library.zip")
import openai_models as models

def read(text):
    """What an event is, or what is wrong with it."""
    event = models.realtime_server_event_from_json(text, invalid="keep")
    if isinstance(event, models.Unknown) and event.problems:
        return "\\n".join(map(str, event.problems))
    notices = models.check("RealtimeServerEvent", event.to_dict())
    return "\\n".join([repr(event), *map(str, notices)])

read
`;

// A function that reads the text of an event; `zip` holds the bytes of the file.
export function openLibrary(pyodide, zip) {
  pyodide.FS.writeFile("/library.zip", new Uint8Array(zip));
  return pyodide.runPython(PYTHON);
}
