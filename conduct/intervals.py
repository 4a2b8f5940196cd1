"""How sure a measured share is."""

import math


def wilson(kept: int, measured: int, z: float = 1.96) -> tuple[float, float] | None:
    """Wilson's interval for a share as (low, high), 0 to 1; None where nothing was measured.

    `z` is the standard score: 1.96 for 95 %.
    """
    if measured <= 0:
        return None
    if not 0 <= kept <= measured:
        raise ValueError("kept must lie between 0 and measured")
    share = kept / measured
    spread = z * z / measured
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / measured + spread / (4 * measured))
    return max(0.0, centre - half), min(1.0, centre + half)
