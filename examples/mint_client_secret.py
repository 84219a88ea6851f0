"""Mint a client secret: a key that lives for minutes, for a browser or a phone to connect with.

    OPENAI_API_KEY=sk-... python examples/mint_client_secret.py --instructions "Be brief."

Only the standard library is used. The secret is printed only with ``--show``; other output, and any
``repr`` that gets into a log, does not contain it.
"""

from __future__ import annotations

import argparse
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from realtime_models import (
    ClientSecretExpiration,
    DecodeError,
    RealtimeCreateClientSecretRequest,
    RealtimeCreateClientSecretResponse,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioOutput,
)


def mint(
    base_url: str, api_key: str, body: RealtimeCreateClientSecretRequest
) -> RealtimeCreateClientSecretResponse:
    """Ask for a secret; raise ``OSError``, or ``DecodeError`` for an answer without one."""
    request = Request(
        f"{base_url}/realtime/client_secrets",
        data=body.to_json().encode(),
        headers={"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"},
    )
    with urlopen(request, timeout=30) as response:
        return RealtimeCreateClientSecretResponse.from_json(response.read())


def request_for(
    model: str, voice: str, instructions: str, seconds: int
) -> RealtimeCreateClientSecretRequest:
    """Return a request for a secret with these settings."""
    output = RealtimeSessionCreateRequestGAAudioOutput(voice=voice)
    return RealtimeCreateClientSecretRequest(
        expires_after=ClientSecretExpiration(seconds=seconds),
        session=RealtimeSessionCreateRequestGA(
            model=model,
            instructions=instructions,
            audio=RealtimeSessionCreateRequestGAAudio(output=output),
        ),
    )


def main() -> int:
    """Print the result; return 0 if a secret was minted."""
    parser = argparse.ArgumentParser(description="Mint a client secret.")
    parser.add_argument("--base-url", default="https://api.openai.com/v1")
    parser.add_argument("--model", default="gpt-realtime")
    parser.add_argument("--voice", default="marin")
    parser.add_argument("--instructions", default="You are a friendly guide.")
    parser.add_argument("--seconds", type=int, default=600, help="how long it opens sessions")
    parser.add_argument("--show", action="store_true", help="print the secret, and nothing else")
    options = parser.parse_args()
    api_key = os.environ.get("OPENAI_API_KEY", "")
    body = request_for(options.model, options.voice, options.instructions, options.seconds)
    try:
        secret = mint(options.base_url, api_key, body)
    except HTTPError as error:
        with error:
            print(f"refused: {error.read().decode(errors='replace')}", file=sys.stderr)
        return 1
    except (OSError, DecodeError) as error:
        print(error, file=sys.stderr)
        return 1
    print(secret.value if options.show else secret)
    return 0


if __name__ == "__main__":
    sys.exit(main())
