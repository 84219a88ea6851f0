"""Converts values between the beta and the current form of the API.

``to_ga`` and ``to_beta`` are generated from the pairs of types that correspond, which type them.
"""

from __future__ import annotations

from ._runtime.conversion import Converted
from .wire.correspondence import to_beta, to_ga

__all__ = ["Converted", "to_beta", "to_ga"]
